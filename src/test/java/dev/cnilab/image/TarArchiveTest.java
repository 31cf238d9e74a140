package dev.cnilab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GNU tar reads the archives. */
class TarArchiveTest {

    private static final String LONG = "a-directory/".repeat(10) + "a-file-with-a-name-of-its-own";

    @TempDir Path temp;

    @Test
    void tarReadsWhatWasWritten() throws IOException {
        Path tree = Files.createDirectories(temp.resolve("tree/sub"));
        Files.writeString(tree.resolve("file"), "x".repeat(513));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        Path archive = temp.resolve("a.tar");
        try (var out = Files.newOutputStream(archive)) {
            new TarArchive()
                    .tree("etc/tree", temp.resolve("tree"))
                    .text("bin/run", "#!/bin/sh\n", 0755)
                    .text(LONG, "long", 0644)
                    .directory("tmp", 01777)
                    .writeTo(out);
        }

        String listed = tar("--utc", "-tvf", archive.toString());
        assertThat(listed)
                .containsPattern("-rwxr-xr-x 0/0 +10 1970-01-01 00:00 bin/run\n")
                .containsPattern("-rw-r--r-- 0/0 +513 1970-01-01 00:00 etc/tree/sub/file\n")
                .contains("etc/tree/sub/link -> file\n", LONG + "\n")
                .containsPattern("drwxrwxrwt 0/0 .* tmp/\n");
        assertThat(tar("-xOf", archive.toString(), "etc/tree/sub/file")).isEqualTo("x".repeat(513));
        assertThat(tar("-xOf", archive.toString(), LONG)).isEqualTo("long");
    }

    @Test
    void theOrderOfAddingDoesNotMatter() throws IOException {
        TarArchive one = new TarArchive().text("b/b", "1", 0644).text("a", "2", 0644);
        TarArchive other = new TarArchive().text("a", "2", 0644).text("b/b", "1", 0644);

        assertThat(bytes(one)).isEqualTo(bytes(other));
    }

    @Test
    void rejectsWhatExceedsTheFormatsFields() {
        TarArchive archive = new TarArchive().text("x".repeat(101), "", 0644);

        assertThatThrownBy(() -> bytes(archive))
                .hasMessageStartingWith("too long for a tar archive");
    }

    private static byte[] bytes(TarArchive archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archive.writeTo(out);
        return out.toByteArray();
    }

    private static String tar(String... args) throws IOException {
        var argv = new ArrayList<>(List.of("tar", "--numeric-owner"));
        argv.addAll(List.of(args));
        var result = Command.of(argv).run(Duration.ofSeconds(20));
        assertThat(result.stderr()).isEmpty();
        return result.stdout();
    }
}
