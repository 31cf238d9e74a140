package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh.",
        footer = {"", "Use: source <(lab completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Context context;

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.console()
                .out()
                .print(AutoComplete.bash("lab", Lab.commandLine(context, Optional.empty())));
        return ExitCode.OK.number();
    }
}
