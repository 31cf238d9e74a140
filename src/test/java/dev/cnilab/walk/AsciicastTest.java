package dev.cnilab.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the format of https://docs.asciinema.org/manual/asciicast/v2/. */
class AsciicastTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;

    @Test
    void writesAHeaderAndOneEventPerLine() throws Exception {
        Path file = folder.resolve("walk.cast");
        try (Asciicast cast = Asciicast.record(file, 80, 24, "a walk")) {
            cast.output("one\ntwo\u001b[1m");
            cast.pause(Duration.ofSeconds(7));
            cast.output("中文\n");
        }

        List<String> lines = Files.readAllLines(file);
        JsonNode header = JSON.readTree(lines.getFirst());
        assertThat(header.path("version").asInt()).isEqualTo(2);
        assertThat(header.path("width").asInt()).isEqualTo(80);
        assertThat(header.path("height").asInt()).isEqualTo(24);
        assertThat(header.path("timestamp").isIntegralNumber()).isTrue();
        assertThat(lines).hasSize(3);
        JsonNode first = JSON.readTree(lines.get(1));
        JsonNode second = JSON.readTree(lines.get(2));
        assertThat(first.get(0).isNumber()).isTrue();
        assertThat(first.get(1).asText()).isEqualTo("o");
        assertThat(first.get(2).asText()).isEqualTo("one\r\ntwo\u001b[1m");
        assertThat(second.get(0).asDouble()).isGreaterThan(first.get(0).asDouble() + 7);
        assertThat(second.get(2).asText()).isEqualTo("中文\r\n");
    }
}
