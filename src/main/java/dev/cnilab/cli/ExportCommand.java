package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.export.ByHandScript;
import dev.cnilab.export.ContainerlabTopology;
import dev.cnilab.image.ImageCache;
import dev.cnilab.kind.KindConfig;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Prints a lab for other tools.",
        footer = {"", "Example: lab export script flannel-ipip >flannel-ipip.sh"})
final class ExportCommand implements Callable<Integer> {

    /** The formats of an export. */
    enum Format {
        /** A configuration for {@code kind create cluster}. */
        KIND,
        SCRIPT,
        CONTAINERLAB
    }

    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "FORMAT",
            description = {
                "kind: its cluster's configuration. script: a bash script with the steps of lab",
                "up does on kind. containerlab: a topology with a k8s-kind node."
            })
    Format format = Format.KIND;

    @Parameters(
            index = "1",
            paramLabel = "LAB",
            description = "A bundled lab's name, or the path of a lab's YAML file.")
    String lab = "";

    @Mixin SpecOptions changes = new SpecOptions();

    ExportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        LabSpec spec = SpecLoader.load(changes.overrides(false).on(SpecLoader.find(lab)));
        context.console().out().print(text(spec));
        return ExitCode.OK.number();
    }

    private String text(LabSpec spec) throws IOException {
        return switch (format) {
            case KIND -> KindConfig.of(spec);
            case SCRIPT ->
                    ByHandScript.of(
                            spec,
                            ImageCache.of(context.environment(), Version.CURRENT).reference());
            case CONTAINERLAB -> ContainerlabTopology.of(spec, lab, changes.words());
        };
    }
}
