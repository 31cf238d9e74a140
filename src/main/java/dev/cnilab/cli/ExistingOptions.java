package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.kubeconfig.SelectedContext;
import dev.cnilab.cluster.kubeconfig.UserKubeconfig;
import dev.cnilab.existing.ExistingSettings;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of the provider {@code existing}. */
final class ExistingOptions {

    private static final List<String> NAMES =
            List.of("--kubeconfig", "--context", "--image", "--beside-other-cni");

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Of the existing cluster; default: KUBECONFIG, or ~/.kube/config.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context of that file; default: its current one.")
    String contextName = "";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = {
                "The image of agent and demo in a registry of the existing cluster; default:",
                "lab's own, already loaded into the nodes."
            })
    String image = "";

    @Option(
            names = "--beside-other-cni",
            description = "Continue although the existing cluster has another CNI.")
    boolean besideOtherCni;

    /**
     * Rejects the options for another provider.
     *
     * @param provider its name
     * @throws Failure if one is on the command line; variables are ignored, since they are for all
     *     labs of a shell
     */
    void refuse(String provider) throws Failure {
        ParseResult typed = command.commandLine().getParseResult();
        if (NAMES.stream().anyMatch(typed::hasMatchedOption)) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "option-of-existing",
                    "--kubeconfig, --context, --image and --beside-other-cni are for an existing"
                            + " cluster",
                    "the provider is " + provider,
                    "lab up --provider existing, or without these options");
        }
    }

    /** The settings; without options, those of an existing lab's record. */
    ExistingSettings settings(Context context, String lab) throws IOException {
        LabFolder folder = context.home().lab(lab);
        if (kubeconfig == null && contextName.isEmpty() && image.isEmpty() && folder.exists()) {
            LabRecord record = LabRecord.read(folder);
            if (!record.place().isEmpty()) {
                return ExistingSettings.of(record.place());
            }
        }
        Path file =
                (kubeconfig == null ? UserKubeconfig.file(context.environment()) : kubeconfig)
                        .toAbsolutePath();
        // Stored by name, since the current context may change.
        String name = SelectedContext.of(file, contextName).name();
        return new ExistingSettings(file, name, image, besideOtherCni);
    }
}
