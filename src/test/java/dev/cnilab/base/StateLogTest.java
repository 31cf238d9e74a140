package dev.cnilab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLogTest {

    @TempDir private Path folder;

    private Path path;
    private StateLog log;

    @BeforeEach
    void open() {
        path = folder.resolve("log");
        log = new StateLog(path, new StateFormat(1, 2, Remedy.advise("the fix")));
    }

    @Test
    void saysItsVersionFirstAndIsItsOwnersAlone() throws IOException {
        log.add("a b");
        log.add("{\"format\":9}");

        assertThat(path).hasContent("{\"format\":2}\na b\n{\"format\":9}\n");
        assertThat(log.lines()).containsExactly("a b", "{\"format\":9}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void existsWithoutALineOnceItIsBegun() throws IOException {
        assertThat(log.lines()).isEmpty();
        assertThat(log.exists()).isFalse();
        log.create();
        log.create();
        assertThat(log.exists()).isTrue();
        assertThat(log.lines()).isEmpty();
        assertThat(path).hasContent("{\"format\":2}\n");
        log.delete();
        assertThat(log.exists()).isFalse();
    }

    /** Whatever byte a crash stopped at. */
    @Test
    void aLastLineThatWasCutOffWasNeverAdded() throws IOException {
        log.add("a");
        byte[] before = Files.readAllBytes(path);
        log.add("é");
        byte[] after = Files.readAllBytes(path);
        for (int length = before.length; length < after.length; length++) {
            Files.write(path, Arrays.copyOf(after, length));
            assertThat(log.lines()).as("%d bytes", length).containsExactly("a");
            log.add("b");
            assertThat(log.lines()).as("%d bytes", length).containsExactly("a", "b");
        }
    }

    @Test
    void aFirstLineThatWasCutOffIsWrittenAgain() throws IOException {
        Files.writeString(path, "{\"form");
        log.add("a");
        assertThat(path).hasContent("{\"format\":2}\na\n");
    }

    @Test
    void whatSaysNoVersionIsOfTheFirstAndGoesOnSo() throws IOException {
        Files.writeString(path, "node-1\n");
        log.add("node-2");
        assertThat(path).hasContent("node-1\nnode-2\n");
        assertThat(log.lines()).containsExactly("node-1", "node-2");
    }

    @Test
    void aNewerOneIsRefusedAndKept() throws IOException {
        Files.writeString(path, "{\"format\":3,\"more\":true}\na\n", StandardOpenOption.CREATE);

        for (Failure failure :
                new Failure[] {
                    catchThrowableOfType(Failure.class, log::lines),
                    catchThrowableOfType(Failure.class, () -> log.add("b"))
                }) {
            assertThat(failure.id()).isEqualTo("state-format");
            assertThat(failure.remedy()).isEqualTo(Remedy.advise("the fix"));
        }
        assertThat(path).hasContent("{\"format\":3,\"more\":true}\na\n");
    }
}
