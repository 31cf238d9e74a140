package dev.cnilab.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence that was manipulated to have files outside of its directory read. */
class SealedFolderTest {

    @TempDir private Path parent;

    private Path evidence;

    @BeforeEach
    void sealAFileNextToASecret() throws IOException {
        Files.writeString(parent.resolve("secret"), "secret");
        EvidenceFolder folder = EvidenceFolder.create(parent.resolve("evidence"));
        folder.write("a.txt", "abc");
        folder.write("deep/b.txt", "abc");
        folder.seal();
        evidence = folder.path();
    }

    /** Adds names to SHA256SUMS, as a manipulator would. */
    private SealedFolder withSealed(String... names) throws IOException {
        Path sums = evidence.resolve("SHA256SUMS");
        StringBuilder text = new StringBuilder(Files.readString(sums));
        for (String name : names) {
            text.append("0".repeat(64)).append("  ").append(name).append('\n');
        }
        Files.writeString(sums, text);
        return SealedFolder.open(evidence);
    }

    @Test
    void readsSealedFiles() throws IOException {
        SealedFolder folder = SealedFolder.open(evidence);

        assertThat(folder.read("a.txt")).asString().isEqualTo("abc");
        assertThat(folder.read("deep/b.txt")).asString().isEqualTo("abc");
    }

    @Test
    void isFoundThroughALinkToIt() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("link"), evidence);

        assertThat(SealedFolder.open(link).read("a.txt")).asString().isEqualTo("abc");
        assertThat(SealedFolder.open(link).damage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "deep/../../secret", "/etc/passwd", "deep", ".", ""})
    void pathsOutsideAreNotRead(String name) throws IOException {
        SealedFolder folder = withSealed(name);

        assertThatThrownBy(() -> folder.read(name)).hasMessage("the evidence lacks " + name);
        assertThat(folder.damage()).containsExactly(name + " was deleted");
    }

    @Test
    void linkToAFileIsNotRead() throws IOException {
        Files.delete(evidence.resolve("a.txt"));
        Files.createSymbolicLink(evidence.resolve("a.txt"), parent.resolve("secret"));

        SealedFolder folder = SealedFolder.open(evidence);

        assertThatThrownBy(() -> folder.read("a.txt")).hasMessageContaining("lacks");
        assertThat(folder.damage()).containsExactly("a.txt was changed");
    }

    @Test
    void linkToADirectoryIsNotRead() throws IOException {
        Files.createSymbolicLink(evidence.resolve("out"), parent);

        SealedFolder folder = withSealed("out/secret");

        assertThatThrownBy(() -> folder.read("out/secret")).hasMessageContaining("lacks");
        assertThat(folder.damage()).containsExactly("out/secret was deleted", "out was added");
    }

    @Test
    void sumsAreNoLink() throws IOException {
        Path sums = evidence.resolve("SHA256SUMS");
        Files.move(sums, parent.resolve("sums"));
        Files.createSymbolicLink(sums, parent.resolve("sums"));

        assertThatThrownBy(() -> SealedFolder.open(evidence)).hasMessageContaining("not a report");
    }

    @Test
    void fileThatIsNotSealedIsNotRead() throws IOException {
        Files.writeString(evidence.resolve("c.txt"), "");

        SealedFolder folder = SealedFolder.open(evidence);

        assertThatThrownBy(() -> folder.read("c.txt")).hasMessageContaining("lacks");
        assertThat(folder.damage()).containsExactly("c.txt was added");
    }
}
