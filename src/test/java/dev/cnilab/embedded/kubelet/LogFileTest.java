package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.PodAccess.LogOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final LogOptions FOLLOW =
            new LogOptions(true, false, false, OptionalInt.empty(), OptionalLong.empty(), null);

    @TempDir private Path folder;

    @Test
    void rotatesWhenItIsLarge() throws IOException {
        Path path = folder.resolve("0.log");
        LogFile file = new LogFile(path, 12);
        file.write("one\n");
        file.write("two\n");
        file.write("three\n");
        assertThat(path).content().isEqualTo("three\n");
        assertThat(LogFile.before(path)).content().isEqualTo("one\ntwo\n");

        file.write("a line longer than the largest file\n");
        assertThat(path).content().startsWith("a line");
        assertThat(LogFile.before(path)).content().isEqualTo("three\n");
    }

    @Test
    void appendsToAnExistingFile() throws IOException {
        Path path = Files.writeString(folder.resolve("0.log"), "before\n");
        new LogFile(path, 10).write("after\n");
        assertThat(path).content().isEqualTo("after\n");
        assertThat(LogFile.before(path)).content().isEqualTo("before\n");
    }

    @Test
    void followingMissesNoLines() throws IOException {
        Path path = folder.resolve("0.log");
        LogFile file = new LogFile(path, 100);
        file.write(line("one"));
        try (LogStream stream = new LogStream(path, FOLLOW, () -> true)) {
            assertThat(read(stream)).isEqualTo("one\n");
            file.write(line("two"));
            file.write(line("three"));
            assertThat(LogFile.before(path)).exists();
            assertThat(read(stream) + read(stream)).isEqualTo("two\nthree\n");
        }
    }

    private static String line(String text) {
        return "2026-01-01T00:00:00.000001Z stdout F " + text + "\n";
    }

    private static String read(LogStream stream) throws IOException {
        byte[] buffer = new byte[100];
        return new String(buffer, 0, stream.read(buffer, 0, buffer.length), StandardCharsets.UTF_8);
    }
}
