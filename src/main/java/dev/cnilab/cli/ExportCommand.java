package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.export.ByHandScript;
import dev.cnilab.export.ContainerlabTopology;
import dev.cnilab.image.ImageCache;
import dev.cnilab.kind.KindConfig;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        CONTAINERLAB,
        /** Kubernetes objects, of the CNI and the workloads. */
        MANIFESTS
    }

    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "FORMAT",
            description = {
                "kind: its cluster's configuration. script: a bash script with the steps of lab",
                "up does on kind. containerlab: a topology with a k8s-kind node. manifests: the",
                "Kubernetes objects of its CNI and workloads, with all values filled in."
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
        LabSpec spec = SpecLoader.load(changes.on(SpecLoader.find(lab), false));
        context.console().out().print(text(spec));
        return ExitCode.OK.number();
    }

    private String image() throws IOException {
        return ImageCache.of(context.environment(), Version.CURRENT).reference();
    }

    private static String manifests(Manifests manifests) {
        return Stream.concat(manifests.cni().stream(), manifests.workloads().stream())
                .collect(Collectors.joining("---\n"));
    }

    private String text(LabSpec spec) throws IOException {
        return switch (format) {
            case KIND -> KindConfig.of(spec);
            case SCRIPT -> ByHandScript.of(spec, image());
            case MANIFESTS -> manifests(new Manifests(spec, image()));
            case CONTAINERLAB -> ContainerlabTopology.of(spec, lab, changes.words());
        };
    }
}
