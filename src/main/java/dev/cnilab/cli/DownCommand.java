package dev.cnilab.cli;

import dev.cnilab.cluster.embedded.EmbeddedProvider;
import dev.cnilab.host.Failure;
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
        String provider = provider(folder);
        try (ProgressView progress = new ProgressView(context.console(), quiet)) {
            new Labs(context.home()).down(folder.lab(), context.provider(provider), progress);
        }
        if (!quiet) {
            context.console().err().println("lab " + folder.lab() + " is down");
        }
    }

    /** A lab whose record is lost can only be one whose remains the names tell: an embedded one. */
    private static String provider(LabFolder folder) throws IOException {
        try {
            return LabRecord.read(folder).provider();
        } catch (Failure e) {
            return EmbeddedProvider.NAME;
        }
    }
}
