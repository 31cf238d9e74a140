package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Types the fixes that lab prints into a shell, letter by letter as printed. */
final class TypedFix {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** The section of an error; its further lines are indented to its text. */
    private static final Pattern FIX =
            Pattern.compile("^ +fix: (.*(?:\\n {7,}.*)*)", Pattern.MULTILINE);

    private final Shell shell;

    /** Starts a shell with XDG_STATE_HOME set. */
    @FunctionalInterface
    private interface Shell {
        Process start(List<String> argv) throws IOException;
    }

    private TypedFix(Shell shell) {
        this.shell = shell;
    }

    static TypedFix on(Machine machine) {
        return new TypedFix(machine::startProgram);
    }

    /**
     * @param state value of XDG_STATE_HOME
     */
    static TypedFix here(Path state) {
        Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString());
        return new TypedFix(argv -> Command.of(argv).withEnvironment(environment).start());
    }

    /** The fix in the output of a command that failed; fails if there is not exactly one. */
    static String in(String output) {
        List<String> found =
                FIX.matcher(output)
                        .results()
                        .map(fix -> fix.group(1).replaceAll("\\n +(then: )?", "\n"))
                        .toList();
        assertThat(found).as(output).hasSize(1);
        return found.getFirst();
    }

    /** Runs the lines of a fix in one shell; fails if one of them fails. */
    void type(String fix) throws IOException {
        String program = Path.of("lab").toAbsolutePath().toString();
        List<String> argv =
                List.of("bash", "-c", "set -e; lab() { '" + program + "' \"$@\"; }\n" + fix);
        ExecResult result = Command.await(argv, shell.start(argv), LIMIT);
        assertThat(result.ok()).as(result.describe()).isTrue();
    }
}
