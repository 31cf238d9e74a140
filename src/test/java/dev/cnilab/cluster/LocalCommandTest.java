package dev.cnilab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a program that the machine has, its own is run. */
class LocalCommandTest {

    @TempDir Path tools;

    @Test
    void whatTheMachineLacksIsOfTheTools() throws IOException {
        program("lab-only-here");

        assertThat(output("lab-only-here")).isEqualTo("of the tools\n");
    }

    @Test
    void whatTheMachineHasIsItsOwn() throws IOException {
        program("echo");

        assertThat(output("env", "echo", "own")).isEqualTo("own\n");
    }

    private String output(String... argv) throws IOException {
        try (LocalCommand command = LocalCommand.start(List.of(argv), tools, Optional.empty())) {
            return new String(command.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void program(String name) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\nprintf 'of the tools\\n'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
