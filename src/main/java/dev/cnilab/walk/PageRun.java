package dev.cnilab.walk;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page's commands and what they showed.
 *
 * @param highlight lines with a match matter
 * @param missing what the output should have had a match of; empty when all is as the page says
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

    /** Whether that line of the output is one to look at. */
    public boolean matters(String line) {
        return highlight.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    /** All that was printed. */
    public String output() {
        return commands.stream().map(CommandRun::output).collect(Collectors.joining());
    }
}
