package dev.cnilab.kind;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What failed, out of all that kind printed. kind ends in {@code ERROR: } with its own words, the
 * command that failed and, in a paragraph of its own, that command's output: logError in kind's
 * cmd/kind/app/main.go and RunError in its pkg/exec/types.go, alike from 0.20 to 0.33. What was
 * asked for (the command line) and what was merely noted (progress, warnings, info lines) is no
 * part of it.
 *
 * @param message kind's own words, where each command is {@code COMMAND}
 * @param output of the command that failed; empty when none did
 */
record KindError(String message, String output) {

    private static final Pattern ERROR =
            Pattern.compile(
                    "^ERROR: (?<message>.*?)(?:\\n\\nCommand Output: (?<output>.*))?\\z",
                    Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern COMMAND =
            Pattern.compile("command \"(.*)\" failed with error: ", Pattern.DOTALL);

    /** A line of Docker's, of kubeadm's, or of klog's at the levels info and warning. */
    private static final Pattern NOTED =
            Pattern.compile("^(?:WARNING: |\\s*\\[WARNING |[IW]\\d{4} ).*\\R?", Pattern.MULTILINE);

    /**
     * @param printed on stderr
     * @return empty when kind did not come as far as to say why it failed
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

    /** Whether a known failure shows in it. */
    boolean shows(Pattern sign) {
        return sign.matcher(message).find() || sign.matcher(output).find();
    }
}
