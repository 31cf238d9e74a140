package dev.cnilab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("file");
    }

    @Test
    void replacesContentAndMode() throws IOException {
        AtomicFile.executable(path).write("old");
        AtomicFile.ownerOnly(path).write("new");

        assertThat(path).hasContent("new");
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    /** Others may read it at any time. */
    @Test
    void theOldContentIsThereUntilTheNewOneIsWhole() throws IOException {
        AtomicFile.at(path).write("old");

        AtomicFile.at(path)
                .write(out -> {
                    out.write("new".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    assertThat(path).hasContent("old");
                });

        assertThat(path).hasContent("new");
    }

    @Test
    void whatCanNotBeWrittenToItsEndChangesNothing() throws IOException {
        AtomicFile.at(path).write("old");

        assertThatThrownBy(() ->
                        AtomicFile.at(path)
                                .write(out -> {
                                    out.write('n');
                                    throw new IOException("no more");
                                }))
                .hasMessage("no more");

        assertThat(path).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void theDraftOfAWriterThatWasKilledIsReplaced() throws IOException {
        Files.writeString(folder.resolve(".file.new"), "hal");

        AtomicFile.at(path).write("whole");

        assertThat(path).hasContent("whole");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void createNeverReplaces() throws IOException {
        AtomicFile.ownerOnly(path).create("first");

        assertThatThrownBy(() -> AtomicFile.ownerOnly(path).create("second"))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(path).hasContent("first");
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void takesOverWhatAnotherProgramMade() throws IOException {
        AtomicFile.at(path).write("old");
        Path made = Files.writeString(folder.resolve("made"), "new");

        AtomicFile.executable(path).replaceBy(made);

        assertThat(path).hasContent("new");
        assertThat(mode()).isEqualTo("rwxr-xr-x");
        assertThat(made).doesNotExist();
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
