package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.PlaceLookup;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.lifecycle.LabFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description = "Runs a command in a node, in a pod, or outside the cluster.",
        footer = {
            "",
            "Examples:",
            "  lab exec flannel-ipip-worker -- ip address show cni0",
            "  lab exec demo-w4dft -- route -n",
            "  lab exec outside -- curl -s 172.18.0.2:32000"
        })
final class ExecCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofHours(1);

    private final Context context;

    @Option(names = "--lab", paramLabel = "LAB", description = "The lab, when there are several.")
    @Nullable String lab;

    @Parameters(
            index = "0",
            paramLabel = "WHERE",
            description = "A node, a pod (or NAMESPACE/POD), or 'outside'.")
    String where = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "What to run there, after --.")
    List<String> argv = List.of();

    ExecCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab);
        try (Cluster cluster = context.cluster(folder);
                RunningCommand running = cluster.start(PlaceLookup.find(cluster, where), argv)) {
            Thread errors =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> copy(running.stderr(), context.console().err()));
            copy(running.stdout(), context.console().out());
            errors.join();
            OptionalInt exit = running.waitFor(POLL);
            return exit.orElse(ExitCode.TIMEOUT.number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.number();
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        try (from) {
            byte[] buffer = new byte[8192];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
