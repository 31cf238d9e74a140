package dev.cnilab.cluster.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerTest {

    @TempDir private Path folder;

    @Test
    void withoutSocketThereIsNoEngine() {
        Finding finding = new Docker(engine()).look();

        assertThat(finding).isInstanceOf(Finding.Missing.class);
        assertThat(finding.seen()).isEqualTo(host() + ": No such file or directory");
    }

    @Test
    void anEngineTellsItsVersion() throws IOException {
        try (EngineSocket _ =
                answering("/_ping", "HTTP/1.0 200 OK\r\nserver: Docker/24.0.7 (linux)\r\n\r\nOK")) {
            assertThat(new Docker(engine()).look())
                    .isEqualTo(new Finding.Ok("Docker/24.0.7 (linux) answers on " + host()));
        }
    }

    @Test
    void anEngineThatRefusesIsMissing() throws IOException {
        try (EngineSocket _ = answering("/_ping", "HTTP/1.0 500 Internal Server Error\r\n\r\n")) {
            Finding finding = new Docker(engine()).look();
            assertThat(finding).isInstanceOf(Finding.Missing.class);
            assertThat(finding.seen()).isEqualTo(host() + " answers with status 500");
        }
    }

    @Test
    void soIsWhatSpeaksAnotherLanguage() throws IOException {
        try (EngineSocket _ = answering("/_ping", "SSH-2.0-OpenSSH_9.2\r\n")) {
            assertThat(new Docker(engine()).look().seen()).endsWith("does not speak HTTP");
        }
    }

    @Test
    void enginesElsewhereAreNotAsked() {
        DockerEngine far = DockerEngine.of(Map.of("DOCKER_HOST", "tcp://192.0.2.1:2376"));
        assertThat(new Docker(far).look())
                .isInstanceOf(Finding.Warning.class)
                .extracting(Finding::seen)
                .isEqualTo("DOCKER_HOST is tcp://192.0.2.1:2376");
    }

    @Test
    void theUsualSocketIsTheDefault() {
        assertThat(DockerEngine.of(Map.of()).host()).isEqualTo("unix:///var/run/docker.sock");
    }

    @Test
    void aNetworkHasSubnets() throws IOException {
        String network =
                """
                {"Name": "kind", "IPAM": {"Config": [
                    {"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"},
                    {"Subnet": "fc00:f853:ccd:e793::/64"}]}}
                """;
        try (EngineSocket _ = answering("/networks/kind", "HTTP/1.0 200 OK\r\n\r\n" + network)) {
            assertThat(engine().subnets("kind")).containsExactly(Ipv4Prefix.parse("172.18.0.0/16"));
        }
    }

    @Test
    void noNetworkHasNone() throws IOException {
        try (EngineSocket _ =
                answering(
                        "/networks/kind",
                        "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"network kind not found\"}")) {
            assertThat(engine().subnets("kind")).isEmpty();
        }
    }

    private EngineSocket answering(String path, String answer) throws IOException {
        return EngineSocket.listen(folder.resolve("docker.sock"), Map.of(path, answer));
    }

    private DockerEngine engine() {
        return new DockerEngine(host());
    }

    private String host() {
        return "unix://" + folder.resolve("docker.sock");
    }
}
