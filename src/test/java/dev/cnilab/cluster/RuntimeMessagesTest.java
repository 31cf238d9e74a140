package dev.cnilab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages as the runtimes print them. */
class RuntimeMessagesTest {

    @Test
    void aProgramThatDoesNotExist() {
        for (String message :
                List.of(
                        "OCI runtime exec failed: exec failed: unable to start container process:"
                                + " exec: \"x\": executable file not found in $PATH: unknown",
                        "exec: \"/x\": stat /x: no such file or directory: unknown",
                        "executable file `x` not found in $PATH: No such file or directory",
                        "error finding executable \"x\" in PATH [/bin]: no such file or directory",
                        "error executing command in container: x: not found")) {
            assertThat(said(message)).as(message).hasValue("127 x: not found");
        }
    }

    @Test
    void aProgramThatCannotBeExecuted() {
        for (String message :
                List.of(
                        "exec: \"x\": permission denied: unknown",
                        "exec: \"/etc\": is a directory: unknown",
                        "open executable: Permission denied",
                        "error executing command in container: x: permission denied")) {
            assertThat(said(message)).as(message).hasValue("126 x: permission denied");
        }
    }

    @Test
    void anythingElseIsNotTheProgram() {
        for (String message :
                List.of(
                        "container not found (\"demo\")",
                        "failed to create shim: mkdir /run/x: no such file or directory",
                        "pods \"x\" not found")) {
            assertThat(said(message)).as(message).isEmpty();
        }
    }

    private static Optional<String> said(String message) {
        return RuntimeMessages.notExecutable("x", message)
                .map(each -> each.exitCode() + " " + each.getMessage());
    }
}
