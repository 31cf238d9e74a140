package dev.cnilab.kind;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.image.OwnImage;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.image.ImageCache;
import dev.cnilab.cluster.kubernetes.ApiCluster;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that kind made. */
final class KindCluster extends ApiCluster {

    /** The node's own commands first, then the program's. */
    private static final String NODE_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/lab/bin";

    private static final String PATH = "PATH";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Without a shell's own job control: the process is looked for by its number afterwards. */
    private static final String RECORD =
            "mkdir -p \"${1%/*}\" && echo $$ >\"$1.pid\" && exec ip -ts monitor all >>\"$1\" 2>&1";

    private static final String RECORDS =
            "pid=$(cat \"$1.pid\" 2>/dev/null) && grep -qz monitor \"/proc/$pid/cmdline\"";

    /** Opened when asked for: most commands need none. */
    @FunctionalInterface
    interface Images {
        ImageCache open() throws IOException;
    }

    /** kubeadm labels its static pods so. */
    private static final String TIER = "tier";

    private static final String CONTROL_PLANE = "control-plane";

    private final KindNodes nodes;
    private final Images images;
    private final OwnImage outside;

    KindCluster(KubernetesCluster api, KindNodes nodes, Images images, OwnImage outside) {
        super(api);
        this.nodes = nodes;
        this.images = images;
        this.outside = outside;
    }

    /**
     * Without the control plane's own, which serve and schedule already: their kubelet takes up to
     * a minute until it says so.
     */
    @Override
    public List<Pod> awaitedPods() throws IOException {
        return pods().stream()
                .filter(pod -> !CONTROL_PLANE.equals(pod.labels().get(TIER)))
                .toList();
    }

    @Override
    protected RunningCommand startOnNode(String node, List<String> argv) throws IOException {
        return nodes.engine().containers().start(node, argv, Map.of(PATH, NODE_PATH));
    }

    @Override
    protected RunningCommand startOutside(List<String> argv) throws IOException {
        String path =
                Optional.ofNullable(System.getenv(PATH)).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return new LocalCommand(
                Command.of(argv).withEnvironment(Map.of(PATH, path + ":" + outside.bin())).start());
    }

    @Override
    public void putFile(String node, String path, byte[] content, boolean executable)
            throws IOException {
        new NodeFile(nodes.engine(), node, path).write(content, executable);
    }

    @Override
    public boolean imageLoaded() throws IOException {
        String reference = images.open().reference();
        for (NodeContainer node : nodes.list()) {
            if (!new NodeImage(nodes.engine(), node.name()).isLoaded(reference)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void loadImage() throws IOException {
        BuiltImage image = images.open().image(line -> {});
        Parallel.forEach(
                nodes.list(), node -> new NodeImage(nodes.engine(), node.name()).load(image));
    }

    @Override
    public boolean recording(RecorderSpec recorder) throws IOException {
        List<String> argv = List.of("sh", "-c", RECORDS, "sh", recorder.file());
        ExecResult result = CommandOutput.of(startOnNode(node(recorder), argv), argv, TIMEOUT);
        return result.ok();
    }

    /** The record goes on in the same file when the node was restarted meanwhile. */
    @Override
    public void record(RecorderSpec recorder) throws IOException {
        nodes.engine()
                .containers()
                .startDetached(node(recorder), List.of("sh", "-c", RECORD, "sh", recorder.file()));
    }

    @Override
    public List<NodeContainer> containers() throws IOException {
        return nodes.list();
    }

    private String node(RecorderSpec recorder) {
        return nodes.lab() + "-" + recorder.node().text();
    }

    @Override
    public void close() {
        super.close();
        nodes.engine().close();
    }
}
