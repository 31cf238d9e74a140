package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written is an error. */
class LostOutputIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(strings = {"schema", "--help"})
    void diskIsFull(String command) throws IOException {
        ExecResult result = shell("\"$@\" >/dev/full", command);
        assertThat(result.exitCode()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(result.stderr()).startsWith("error[output-lost]").contains("/dev/full");
    }

    /** The exit code still is that of the first error. */
    @Test
    void usageErrorComesFirst() throws IOException {
        assertThat(shell("\"$@\" >/dev/full", "no-such-command").exitCode())
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void readerThatLeavesIsNoError() throws IOException {
        ExecResult result = shell("{ \"$@\"; echo \"exited $?\" >&2; } | true", "schema");
        assertThat(result.stderr()).isEqualTo("exited 0\n");
    }

    private static ExecResult shell(String script, String command) throws IOException {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(Launcher.argv(command));
        return Command.of(argv).run(LIMIT);
    }
}
