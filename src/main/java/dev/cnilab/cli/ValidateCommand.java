package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Provider;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "validate", description = "Reads a lab's file and reports every problem in it.")
final class ValidateCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(
            paramLabel = "LAB",
            description = "A bundled lab's name, or the path of a lab's YAML file.")
    String lab = "";

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = {
                "Check manifests against what this provider serves: kind, embedded, or existing.",
                "Default: the one that 'lab up' would choose."
            })
    String provider = "";

    ValidateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        LabSource source = SpecLoader.find(lab);
        LabSpec spec = SpecLoader.load(source);
        Provider chosen =
                context.knownProvider(
                        provider.isEmpty() ? context.defaultProvider(spec.name()) : provider);
        new Manifests(spec, ProgramImage.REPOSITORY).check(chosen::check);
        int pages =
                WalkthroughLoader.load(spec, source.folder()).map(WalkthroughSpec::pages).orElse(0);
        context.console()
                .out()
                .printf(
                        "%s is valid; nodes: %d, workloads: %d, verification steps: %d, pages to walk through: %d%n",
                        spec.name(),
                        spec.nodes().size(),
                        spec.workloads().size(),
                        spec.verify().steps().size(),
                        pages);
        return ExitCode.OK.number();
    }
}
