package dev.cnilab.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The visible commands in depth-first order. */
final class CommandTree {

    private CommandTree() {}

    static List<CommandLine> of(CommandLine root) {
        List<CommandLine> all = new ArrayList<>();
        for (CommandLine command : root.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                all.add(command);
                all.addAll(of(command));
            }
        }
        return all;
    }

    /** The command's words after {@code lab}. */
    static String words(CommandLine command) {
        return command.getCommandSpec().qualifiedName(" ").replaceFirst("^lab ", "");
    }
}
