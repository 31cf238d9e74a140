package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.kubeconfig.UserKubeconfig;
import dev.cnilab.host.LockFile;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "kubeconfig",
        description = "Prints the path of a lab's kubeconfig, for KUBECONFIG and --kubeconfig.",
        footer = {"", "Example: export KUBECONFIG=$(lab kubeconfig flannel-ipip)"})
final class KubeconfigCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Option(
            names = "--merge",
            description = {
                "Also add it to your own (KUBECONFIG, or ~/.kube/config) as context",
                "lab-NAME; lab down removes it."
            })
    boolean merge;

    KubeconfigCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab.name);
        if (!Files.exists(folder.kubeconfig())) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "no-kubeconfig",
                    "lab " + folder.lab() + " has no kubeconfig",
                    folder.exists()
                            ? "the creation of its cluster did not complete"
                            : "it is not up",
                    folder.exists() ? LabRecord.read(folder).repair() : LabRecord.LIST);
        }
        if (merge) {
            UserKubeconfig user = UserKubeconfig.of(folder.lab(), folder.path());
            Path file = UserKubeconfig.file(context.environment());
            try (LockFile _ = folder.lock()) {
                user.merge(folder.kubeconfig(), file);
            }
            context.console()
                    .err()
                    .println(file + " has it too: kubectl --context " + user.context());
        }
        context.console().out().println(folder.kubeconfig());
        return ExitCode.OK.number();
    }
}
