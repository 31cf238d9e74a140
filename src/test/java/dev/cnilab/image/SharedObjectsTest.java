package dev.cnilab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedObjectsTest {

    private static final Path SHELL = Path.of("/bin/sh");

    @Test
    void findsLinkerAndCLibraryOfTheShell() throws IOException {
        assertThat(new SharedObjects(Path.of("/")).neededBy(List.of(SHELL)))
                .anyMatch(object -> object.endsWith("libc.so.6"))
                .anyMatch(object -> object.getFileName().toString().startsWith("ld-linux"))
                .allSatisfy(object -> assertThat(object).isRegularFile());
    }

    @Test
    void followsTheRunPathOfTheRuntime() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");

        assertThat(new SharedObjects(Path.of("/")).neededBy(List.of(java)))
                .anyMatch(object -> object.endsWith("lib/libjli.so"));
    }

    @Test
    void namesAMissingObject(@TempDir Path empty) {
        assertThatThrownBy(() -> new SharedObjects(empty).neededBy(List.of(SHELL)))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("shared-object-missing");
                            assertThat(failure.evidence()).contains("/bin/sh");
                        });
    }
}
