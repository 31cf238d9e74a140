package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.PlaceLookup;
import dev.cnilab.cluster.Pod;
import dev.cnilab.host.ExecResult;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Shows the netlink events of the lab's start, or the log of a pod.")
final class LogsCommand implements Callable<Integer> {

    private static final Duration READ = Duration.ofSeconds(20);

    private final Context context;

    @Option(
            names = "--lab",
            converter = ValidLabName.class,
            paramLabel = "LAB",
            description = "The lab, when there are several.")
    @Nullable String lab;

    @Option(
            names = "--tail",
            converter = IntRange.Count.class,
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many lines of a pod's log; default ${DEFAULT-VALUE}.")
    int tail;

    @Parameters(
            arity = "0..1",
            paramLabel = "WHAT",
            defaultValue = "recorder",
            description = "A pod's name, or 'recorder', the default: the netlink events.")
    String what = "";

    LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        LabFolder folder = context.folder(lab);
        try (Cluster cluster = context.cluster(folder)) {
            context.console()
                    .out()
                    .print(what.equals("recorder") ? record(folder, cluster) : podLog(cluster));
        }
        return ExitCode.OK.number();
    }

    private String record(LabFolder folder, Cluster cluster) throws IOException, SpecException {
        LabSpec spec = context.spec(folder);
        List<String> nodes = spec.nodeNames(spec.recorder().node());
        if (nodes.isEmpty()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "not-recorded",
                    "no netlink events were recorded",
                    "lab did not create the nodes of " + folder.lab() + ", so it recorded nothing",
                    "lab logs POD shows a pod's log");
        }
        Place node = new Place.OnNode(nodes.getFirst());
        ExecResult result = cluster.exec(node, List.of("cat", spec.recorder().file()), READ);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    private String podLog(Cluster cluster) throws IOException {
        Pod pod = PlaceLookup.pod(cluster, what);
        return cluster.logs(pod.namespace(), pod.name(), tail);
    }
}
