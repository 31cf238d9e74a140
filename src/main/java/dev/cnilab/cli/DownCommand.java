package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.ProgressView;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabService;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = "Deletes a lab and everything that belongs to it. Needs no spec.")
final class DownCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Option(names = "--all", description = "Every lab.")
    boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    boolean quiet;

    @Option(
            names = "--force",
            description = {
                "In an existing cluster: also delete pods of other users that nothing replaces or a",
                "PodDisruptionBudget protects, and leave nodes that can't be reached as they are."
            })
    boolean force;

    DownCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<LabFolder> folders = all ? context.home().labs() : List.of(context.folder(lab.name));
        for (LabFolder folder : folders) {
            down(folder);
        }
        return ExitCode.OK.number();
    }

    private void down(LabFolder folder) throws IOException {
        try (ProgressView progress = new ProgressView(context.console(), quiet)) {
            new LabService(context.home(), context).down(folder.lab(), force, progress);
        }
        if (!quiet) {
            context.console().err().println("lab " + folder.lab() + " is down");
        }
    }
}
