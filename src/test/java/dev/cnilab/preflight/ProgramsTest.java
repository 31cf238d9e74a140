package dev.cnilab.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of programs: kind, docker and modprobe. */
class ProgramsTest {

    private static final SearchPath NOWHERE = new SearchPath("");

    @TempDir private Path folder;

    @Test
    void reportsAMissingProgram() throws IOException {
        assertThat(new Program("kind", NOWHERE, "nothing runs", "install it").inspect())
                .isEqualTo(new Finding.Missing("no kind in PATH=", "nothing runs", "install it"));
    }

    @Test
    void reportsAFileThatIsNotExecutable() throws IOException {
        Files.writeString(folder.resolve("kind"), "");
        assertThat(new Program("kind", here(), "nothing runs", "").inspect())
                .isInstanceOf(Finding.Missing.class);
    }

    @Test
    void showsTheVersion() throws IOException {
        script("kind", "echo \"kind version 0.20.0 $1\"; echo more");
        assertThat(new Program("kind", here(), "nothing runs", "").inspect())
                .isEqualTo(
                        new Finding.Ok(folder.resolve("kind") + ": kind version 0.20.0 --version"));
    }

    @Test
    void acceptsAPath() throws IOException {
        Path program = script("kind-0.20", "echo kind version 0.20.0");
        assertThat(new Program(program.toString(), NOWHERE, "", "").inspect())
                .isEqualTo(new Finding.Ok(program + ": kind version 0.20.0"));
    }

    @Test
    void reportsWhyAProgramDoesNotRun() throws IOException {
        script("docker", "echo 'wrong architecture' >&2; exit 126");
        Finding finding = new Program("docker", here(), "nothing runs", "").inspect();
        assertThat(finding).isInstanceOf(Finding.Missing.class);
        assertThat(finding.seen()).contains("exited 126: wrong architecture");
    }

    @Test
    void doesNothingWithoutModprobe() throws IOException {
        assertThat(new KernelModules(NOWHERE, "ipip").load()).isEmpty();
    }

    @Test
    void passesTheModulesToModprobe() throws IOException {
        script("modprobe", "[ \"$*\" = '-a ipip tun' ]");
        assertThat(new KernelModules(here(), "ipip", "tun").load())
                .containsExactly("loaded ipip, tun");
    }

    @Test
    void reportsModprobesError() throws IOException {
        script("modprobe", "echo 'FATAL: Module ipip not found.' >&2; exit 1");
        assertThatThrownBy(() -> new KernelModules(here(), "ipip", "tun").load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("FATAL: Module ipip not found.");
    }

    private SearchPath here() {
        return new SearchPath("/nowhere:" + folder);
    }

    private Path script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
