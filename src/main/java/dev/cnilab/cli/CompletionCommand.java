package dev.cnilab.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh.",
        footer = {"", "Use: source <(lab completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Context context;

    @Spec @Nullable CommandSpec command;

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (command != null) {
            context.console().out().print(AutoComplete.bash("lab", command.root().commandLine()));
        }
        return ExitCode.OK.number();
    }
}
