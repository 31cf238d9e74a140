package dev.cnilab.walk;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The run of a page's commands.
 *
 * @param highlight expressions of lines to highlight
 * @param missing expected expressions without a match in the output; empty if the page's
 *     expectations hold
 */
public record PageRun(
        NumberedPage page,
        List<CommandRun> commands,
        List<Pattern> highlight,
        List<String> missing) {

    public PageRun {
        commands = List.copyOf(commands);
        highlight = List.copyOf(highlight);
        missing = List.copyOf(missing);
    }

    public boolean asExpected() {
        return missing.isEmpty();
    }

    /** Whether a line of the output is highlighted. */
    public boolean matters(String line) {
        return highlight.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    /** The output of all commands. */
    public String output() {
        return commands.stream().map(CommandRun::output).collect(Collectors.joining());
    }
}
