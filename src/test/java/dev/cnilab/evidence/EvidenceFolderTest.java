package dev.cnilab.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {

    @TempDir private Path parent;

    private EvidenceFolder folder;

    @BeforeEach
    void sealTwoFiles() throws IOException {
        folder = EvidenceFolder.create(parent.resolve("made"));
        folder.write("a.txt", "abc");
        folder.write("deep/er/b.bin", new byte[] {1, 2, 3});
        folder.seal();
    }

    @Test
    void hashesAreReadableBySha256sum() throws IOException {
        assertThat(Files.readString(folder.path().resolve("SHA256SUMS")))
                .startsWith(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n");
        assertThat(
                        Command.of(
                                        "sh",
                                        "-c",
                                        "cd \"$0\" && sha256sum -c SHA256SUMS",
                                        folder.path().toString())
                                .run(Duration.ofSeconds(20))
                                .stdout())
                .isEqualTo("a.txt: OK\ndeep/er/b.bin: OK\n");
    }

    @Test
    void directoryIsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void unchangedReportHasNoDamage() throws IOException {
        assertThat(SealedFolder.open(folder.path()).damage()).isEmpty();
    }

    @Test
    void everyChangeIsDamage() throws IOException {
        Files.writeString(folder.path().resolve("a.txt"), "abd");
        Files.delete(folder.path().resolve("deep/er/b.bin"));
        Files.writeString(folder.path().resolve("c"), "");

        assertThat(SealedFolder.open(folder.path()).damage())
                .containsExactly("a.txt was changed", "deep/er/b.bin was deleted", "c was added");
    }

    @Test
    void incompleteReportIsRejected() throws IOException {
        Path unfinished = EvidenceFolder.create(parent.resolve("unfinished")).path();

        assertThatThrownBy(() -> SealedFolder.open(unfinished))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("no-evidence"));
    }

    @Test
    void existingFilesAreNotOverwritten() {
        assertThatThrownBy(() -> EvidenceFolder.create(folder.path()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("folder-not-empty"));
    }

    @Test
    void pathsOutsideOfTheDirectoryAreRejected() {
        assertThatThrownBy(() -> folder.write("../x", "")).hasMessageContaining("outside");
        assertThatThrownBy(() -> folder.write("/tmp/x", "")).hasMessageContaining("outside");
    }
}
