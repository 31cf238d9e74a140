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

/** Which cluster, for the provider existing. */
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
                "The image of agent and demo as the existing cluster can pull it; default: the",
                "program's own, which is in the nodes already."
            })
    String image = "";

    @Option(
            names = "--beside-other-cni",
            description = "Go on although the existing cluster has another CNI.")
    boolean besideOtherCni;

    /**
     * @param provider that has no use for them
     * @throws Failure when one was typed; variables hold for all labs of a shell
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

    /** For a lab that is there already, without options: where it is. */
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
        // By its name: the current one may be another one tomorrow.
        String name = SelectedContext.of(file, contextName).name();
        return new ExistingSettings(file, name, image, besideOtherCni);
    }
}
