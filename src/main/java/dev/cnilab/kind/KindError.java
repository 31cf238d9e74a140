package dev.cnilab.kind;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error in kind's output. It begins with {@code ERROR: } and has kind's message, the failed
 * command and, in a separate paragraph, that command's output: logError in kind's
 * cmd/kind/app/main.go and RunError in its pkg/exec/types.go, unchanged from 0.20 to 0.33. Command
 * lines, progress, warnings and info lines are removed.
 *
 * @param message kind's message, with each command replaced by {@code COMMAND}
 * @param output of the command that failed; empty when none did
 */
record KindError(String message, String output) {

    private static final Pattern ERROR =
            Pattern.compile(
                    "^ERROR: (?<message>.*?)(?:\\n\\nCommand Output: (?<output>.*))?\\z",
                    Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern COMMAND =
            Pattern.compile("command \"(.*)\" failed with error: ", Pattern.DOTALL);

    /** A warning of Docker or kubeadm, or a line of klog at level info or warning. */
    private static final Pattern NOTED =
            Pattern.compile("^(?:WARNING: |\\s*\\[WARNING |[IW]\\d{4} ).*\\R?", Pattern.MULTILINE);

    /**
     * @param printed on stderr
     * @return empty if kind printed no error
     */
    static Optional<KindError> in(String printed) {
        Matcher error = ERROR.matcher(printed);
        if (!error.find()) {
            return Optional.empty();
        }
        String output = error.group("output");
        return Optional.of(
                new KindError(
                        COMMAND.matcher(error.group("message")).replaceAll("COMMAND failed: "),
                        output == null ? "" : NOTED.matcher(output).replaceAll("")));
    }

    /** Whether the pattern is found in it. */
    boolean shows(Pattern sign) {
        return sign.matcher(message).find() || sign.matcher(output).find();
    }
}
