package dev.cnilab.cluster.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java, disk and memory. */
class ResourcesTest {

    @TempDir private Path folder;

    @Test
    void anOldJavaIsMissing() {
        assertThat(new Jdk(Runtime.Version.parse("21.0.4")).look())
                .isInstanceOf(Finding.Missing.class);
        assertThat(new Jdk(Runtime.Version.parse("25.0.3+9")).look())
                .isEqualTo(new Finding.Ok("Java 25.0.3+9"));
        assertThat(new Jdk(Runtime.Version.parse("26")).look()).isInstanceOf(Finding.Ok.class);
    }

    @Test
    void theStateFolderNeedNotExist() throws IOException {
        Finding finding = new Disk(folder.resolve("not/yet/there")).look();

        assertThat(finding).isInstanceOf(Finding.Ok.class);
        assertThat(finding.seen()).endsWith("MiB free for " + folder.resolve("not/yet/there"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileSystemWithoutRoomIsMissing() throws IOException {
        assertThat(new Disk(Path.of("/proc/lab")).look()).isInstanceOf(Finding.Missing.class);
    }

    @Test
    void nodesMustSeeTheStateFolder() {
        assertThat(new StateFolder(folder).look()).isInstanceOf(Finding.Ok.class);
        assertThat(new StateFolder(Path.of("/run/user/../state/lab")).look())
                .isInstanceOf(Finding.Missing.class)
                .extracting(Finding::seen)
                .isEqualTo("/run/user/../state/lab is below /run");
    }

    @Test
    void eachNodeWantsMemory() throws IOException {
        Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       2097152 kB\nMemAvailable:    1048576 kB\n");

        assertThat(new Memory(folder, 2).look())
                .isEqualTo(new Finding.Ok("1024 MiB available, about 896 MiB wanted"));
        assertThat(new Memory(folder, 3).look())
                .isInstanceOf(Finding.Warning.class)
                .extracting(Finding::seen)
                .isEqualTo("1024 MiB available, about 1216 MiB wanted");
    }
}
