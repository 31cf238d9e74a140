package dev.cnilab.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of Java, disk and memory. */
class ResourcesTest {

    @TempDir private Path folder;

    @Test
    void rejectsAnOldJava() {
        assertThat(new Jdk(Runtime.Version.parse("21.0.4")).inspect())
                .isInstanceOf(Finding.Missing.class);
        assertThat(new Jdk(Runtime.Version.parse("25.0.3+9")).inspect())
                .isEqualTo(new Finding.Ok("Java 25.0.3+9"));
        assertThat(new Jdk(Runtime.Version.parse("26")).inspect()).isInstanceOf(Finding.Ok.class);
    }

    @Test
    void theStateFolderNeedNotExist() throws IOException {
        Finding finding = new Disk(folder.resolve("not/yet/there")).inspect();

        assertThat(finding).isInstanceOf(Finding.Ok.class);
        assertThat(finding.seen()).endsWith("MiB free for " + folder.resolve("not/yet/there"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rejectsAFullFileSystem() throws IOException {
        assertThat(new Disk(Path.of("/proc/lab")).inspect()).isInstanceOf(Finding.Missing.class);
    }

    @Test
    void requiredMemoryGrowsWithTheNodes() throws IOException {
        Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       2097152 kB\nMemAvailable:    1048576 kB\n");

        assertThat(new Memory(folder, 2).inspect())
                .isEqualTo(new Finding.Ok("1024 MiB available, about 896 MiB needed"));
        assertThat(new Memory(folder, 3).inspect())
                .isInstanceOf(Finding.Warning.class)
                .extracting(Finding::seen)
                .isEqualTo("1024 MiB available, about 1216 MiB needed");
    }
}
