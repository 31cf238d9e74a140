package dev.cnilab.kind.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reachable, faulty and missing engines. */
class DockerEngineTest {

    private static final String VERSION =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                    + "{\"Version\": \"%s\", \"ApiVersion\": \"%s\"}";

    /** SHA-256 of "rootless" by sha256sum(1), the context's directory of docker context create. */
    private static final String ROOTLESS =
            "12b961af5feb3e9d39f93b2cefb9a1a944f18d02cca0cac2f04f5a982240605f";

    @TempDir private Path folder;

    @Test
    void engineReportsItsVersion() throws IOException {
        try (EngineSocket _ = answering(VERSION.formatted("24.0.7", "1.43"));
                DockerEngine engine = DockerEngine.open(address())) {
            assertThat(engine.about()).isEqualTo(new DockerEngine.About("24.0.7", "1.43"));
        }
    }

    @Test
    void oldEngineIsRejected() throws IOException {
        try (EngineSocket _ = answering(VERSION.formatted("19.03.15", "1.40"))) {
            Failure failure = failure(address());
            assertThat(failure.id()).isEqualTo("docker-too-old");
            assertThat(failure.evidence()).isEqualTo("Docker 19.03.15 with API 1.40");
            assertThat(failure.remedy().text()).contains("20.10");
        }
    }

    @Test
    void missingSocketIsReported() {
        Failure failure = failure(address());
        assertThat(failure.kind()).isEqualTo(Failure.Kind.PREFLIGHT);
        assertThat(failure.id()).isEqualTo("docker-absent");
        assertThat(failure.evidence()).contains(folder.toString(), "no such socket");
        assertThat(failure.remedy().text()).contains("systemctl start docker");
    }

    @Test
    void staleSocketIsReported() throws IOException {
        try (ServerSocketChannel nobody = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            nobody.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        }
        assertThat(failure(address()).id()).isEqualTo("docker-absent");
    }

    @Test
    void otherProtocolIsReported() throws IOException {
        try (EngineSocket _ = answering("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThat(failure(address()).id()).isEqualTo("docker-absent");
        }
    }

    @Test
    void remoteEngineIsRejected() {
        Failure failure = failure(new EngineAddress("tcp://192.0.2.1:2376", "DOCKER_HOST"));
        assertThat(failure.id()).isEqualTo("docker-elsewhere");
        assertThat(failure.evidence()).isEqualTo("DOCKER_HOST says tcp://192.0.2.1:2376");
    }

    @Test
    void dockerHostTakesPrecedence() throws IOException {
        assertThat(
                        EngineAddress.find(
                                Map.of(
                                        "DOCKER_HOST", "unix:///a",
                                        "DOCKER_CONTEXT", "none",
                                        "HOME", folder.toString())))
                .isEqualTo(new EngineAddress("unix:///a", "DOCKER_HOST"));
    }

    @Test
    void contextOfTheCliIsUsed() throws IOException {
        Path named = folder.resolve(".docker/contexts/meta").resolve(ROOTLESS);
        Files.createDirectories(named);
        Files.writeString(
                named.resolve("meta.json"),
                "{\"Name\":\"rootless\",\"Endpoints\":{\"docker\":{\"Host\":\"unix:///run/user/1/docker.sock\"}}}");
        Files.writeString(
                folder.resolve(".docker/config.json"), "{\"currentContext\": \"rootless\"}");

        assertThat(EngineAddress.find(Map.of("HOME", folder.toString())))
                .isEqualTo(
                        new EngineAddress(
                                "unix:///run/user/1/docker.sock", "the context rootless"));
        assertThat(
                        catchThrowableOfType(
                                        Failure.class,
                                        () ->
                                                EngineAddress.find(
                                                        Map.of(
                                                                "HOME",
                                                                folder.toString(),
                                                                "DOCKER_CONTEXT",
                                                                "lost")))
                                .id())
                .isEqualTo("docker-context");
        assertThat(
                        EngineAddress.find(
                                        Map.of(
                                                "HOME",
                                                folder.toString(),
                                                "DOCKER_CONTEXT",
                                                "default"))
                                .host())
                .isEqualTo("unix:///var/run/docker.sock");
    }

    private EngineSocket answering(String version) throws IOException {
        return EngineSocket.listen(folder.resolve("docker.sock"), Map.of("/version", version));
    }

    private EngineAddress address() {
        return new EngineAddress("unix://" + folder.resolve("docker.sock"), "a test");
    }

    private static Failure failure(EngineAddress address) {
        return catchThrowableOfType(Failure.class, () -> DockerEngine.open(address).close());
    }
}
