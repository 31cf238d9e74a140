package dev.cnilab.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The commands that users see, flattened: those within others right after them. */
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

    /** As typed after {@code lab}. */
    static String words(CommandLine command) {
        return command.getCommandSpec().qualifiedName(" ").replaceFirst("^lab ", "");
    }
}
