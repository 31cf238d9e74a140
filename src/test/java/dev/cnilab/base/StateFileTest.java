package dev.cnilab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir private Path folder;

    private Path path;
    private StateFile file;

    @BeforeEach
    void open() {
        path = folder.resolve("state.json");
        file = new StateFile(path, new StateFormat(2, 3, Remedy.advise("the fix")));
    }

    @Test
    void saysItsVersionFirstAndIsItsOwnersAlone() throws IOException {
        file.write(JsonNodeFactory.instance.objectNode().put("a", "b"));

        assertThat(path).hasContent("{\"format\":3,\"a\":\"b\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(file.read()).map(json -> json.path("a").asText()).hasValue("b");
    }

    @Test
    void isEmptyWithoutAFile() throws IOException {
        assertThat(file.read()).isEmpty();
        file.delete();
    }

    @Test
    void everyVersionFromTheOldestToTheCurrentIsRead() throws IOException {
        Files.writeString(path, "{\"format\": 2, \"a\": 1}");
        assertThat(file.read()).map(StateFormat::of).hasValue(2);
    }

    @Test
    void aNewerOneIsRefusedAndKept() throws IOException {
        Files.writeString(path, "{\"format\": 4, \"a\": 1}");

        Failure failure = refused();

        assertThat(failure.id()).isEqualTo("state-format");
        assertThat(failure.what()).isEqualTo(path + " was written by a newer version of lab");
        assertThat(failure.evidence())
                .isEqualTo("it has format 4; this version reads format 2 to 3");
        assertThat(failure.remedy()).isEqualTo(Remedy.advise("the fix"));
        assertThat(path).hasContent("{\"format\": 4, \"a\": 1}");
        assertThat(file.readAnyVersion()).map(json -> json.path("a").asInt()).hasValue(1);
    }

    @Test
    void whatSaysNoVersionIsOfTheFirst() throws IOException {
        for (String text : new String[] {"{\"a\": 1}", "[1]"}) {
            Files.writeString(path, text);
            assertThat(refused().what())
                    .isEqualTo(path + " was written by an older version of lab");
            JsonNode read =
                    new StateFile(path, new StateFormat(1, 1, Remedy.NONE)).read().orElseThrow();
            assertThat(read.size()).isEqualTo(1);
        }
    }

    private Failure refused() {
        return catchThrowableOfType(Failure.class, file::read);
    }
}
