package dev.cnilab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types the fixes that lab prints into a shell, letter by letter as printed. */
public final class TypedFix {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** The section of an error; its further lines are indented to its text. */
    private static final Pattern FIX =
            Pattern.compile("^ +fix: (.*(?:\\n {7,}.*)*)", Pattern.MULTILINE);

    private final Shell shell;

    /** lab on the PATH, and sudo for root, which a machine of root alone may lack. */
    private static final String PROLOGUE =
            """
            set -e
            lab() { '%s' "$@"; }
            command -v sudo >/dev/null || sudo() { "$@"; }
            : "${USER:=$(id -un)}"
            """
                    .formatted(Path.of("lab").toAbsolutePath());

    /** The program of a line. */
    private static final Pattern PROGRAM =
            Pattern.compile("^(?:sudo )?([\\w-]+)", Pattern.MULTILINE);

    /** Starts a program as its user does. */
    @FunctionalInterface
    public interface Shell {
        Process start(List<String> argv) throws IOException;
    }

    private TypedFix(Shell shell) {
        this.shell = shell;
    }

    public static TypedFix in(Shell shell) {
        return new TypedFix(shell);
    }

    /**
     * @param state value of XDG_STATE_HOME
     */
    public static TypedFix here(Path state) {
        Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString());
        return new TypedFix(argv -> Command.of(argv).withEnvironment(environment).start());
    }

    /** The fix in the output of a command that failed; fails if there is not exactly one. */
    public static String of(String output) {
        List<String> found =
                FIX.matcher(output)
                        .results()
                        .map(fix -> fix.group(1).replaceAll("\\n +(then: )?", "\n"))
                        .toList();
        assertThat(found).as(output).hasSize(1);
        return found.getFirst();
    }

    /**
     * Runs the lines of a fix in one shell; fails if one of them fails. Skips the test if a program
     * that they begin with is not installed.
     */
    public void type(String fix) throws IOException {
        assertThat(fix).isNotEmpty();
        requirePrograms(fix);
        List<String> argv = List.of("bash", "-c", PROLOGUE + fix);
        ExecResult result = Command.await(argv, shell.start(argv), LIMIT);
        assertThat(result.ok()).as(result.describe()).isTrue();
    }

    private static void requirePrograms(String fix) {
        Set<String> programs =
                PROGRAM.matcher(fix)
                        .results()
                        .map(line -> line.group(1))
                        .collect(Collectors.toSet());
        List<Peer> missing =
                Stream.of(Peer.values())
                        .filter(peer -> programs.contains(peer.program()))
                        .filter(peer -> peer.find().isEmpty())
                        .toList();
        if (!missing.isEmpty() && Strictness.ofEnvironment()) {
            throw new AssertionError(NeedsCondition.reason(missing));
        } else if (!missing.isEmpty()) {
            throw new MissingPeersException(missing);
        }
    }
}
