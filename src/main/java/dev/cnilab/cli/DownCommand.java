package dev.cnilab.cli;

import dev.cnilab.cluster.Provider;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.lifecycle.Labs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Takes a lab down and leaves nothing of it. Needs no spec.")
final class DownCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Option(names = "--all", description = "Every lab.")
    boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    boolean quiet;

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
            for (Provider provider : providers(folder)) {
                new Labs(context.home()).down(folder.lab(), provider, progress);
            }
        }
        if (!quiet) {
            context.console().err().println("lab " + folder.lab() + " is down");
        }
    }

    /** When a lab's record is lost, each provider finds what is the lab's by names and labels. */
    private List<Provider> providers(LabFolder folder) throws IOException {
        return LabRecord.exists(folder)
                ? List.of(context.provider(LabRecord.read(folder).provider()))
                : context.providers().stream().filter(Provider::isUsualHere).toList();
    }
}
