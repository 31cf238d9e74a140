package dev.cnilab.base;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to fix a failure: commands to type, and advice where lab can't say a command.
 *
 * @param commands lines of a shell with {@code lab} on its PATH, which fix the failure as they are
 *     printed, in any directory and with any number of labs; a test types each of them
 * @param advice prose: a condition, an alternative, or all that is known; may be empty
 */
public record Remedy(List<String> commands, String advice) {

    public static final Remedy NONE = new Remedy(List.of(), "");

    public Remedy {
        commands = List.copyOf(commands);
    }

    /** Creates a remedy that is typed. */
    public static Remedy type(String... commands) {
        return new Remedy(List.of(commands), "");
    }

    /** Creates a remedy in prose. */
    public static Remedy advise(String advice) {
        return new Remedy(List.of(), advice);
    }

    /** Adds advice to the commands. */
    public Remedy with(String advice) {
        return new Remedy(commands, advice);
    }

    /** Appends a remedy to be followed after this one. */
    public Remedy then(Remedy next) {
        return new Remedy(
                Stream.concat(commands.stream(), next.commands.stream()).toList(),
                Stream.of(advice, next.advice)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; ")));
    }

    /** Returns the commands as the lines of a script. */
    public String script() {
        return String.join("\n", commands);
    }

    /** Returns commands and advice, one line each. */
    public String text() {
        return Stream.concat(commands.stream(), Stream.of(advice))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
