package dev.cnilab.kind.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kind.docker.EngineSocket;
import dev.cnilab.preflight.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerAnswersTest {

    @TempDir private Path folder;

    @Test
    void missingSocketIsReported() {
        Finding finding = docker().inspect();

        assertThat(finding).isInstanceOf(Finding.Missing.class);
        assertThat(finding.seen())
                .isEqualTo(
                        "no Docker engine is reachable: "
                                + host()
                                + " (DOCKER_HOST): no such socket");
    }

    @Test
    void engineReportsItsVersion() throws IOException {
        String version =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                        + "{\"Version\": \"24.0.7\", \"ApiVersion\": \"1.43\"}";
        try (EngineSocket _ =
                EngineSocket.listen(folder.resolve("docker.sock"), Map.of("/version", version))) {
            assertThat(docker().inspect())
                    .isEqualTo(new Finding.Ok("Docker 24.0.7 answers on " + host()));
        }
    }

    private DockerAnswers docker() {
        return new DockerAnswers(Map.of("DOCKER_HOST", host()));
    }

    private String host() {
        return "unix://" + folder.resolve("docker.sock");
    }
}
