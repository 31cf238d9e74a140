package dev.cnilab.embedded;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.NodeContainers;
import dev.cnilab.cluster.NodeFileWriter;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.StartRecorder;
import dev.cnilab.cluster.kubernetes.ApiCluster;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.embedded.node.BridgeNamespace;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NamespacedProcess.Bind;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The embedded cluster, as seen by a command while the background process runs. */
final class EmbeddedCluster extends ApiCluster {

    private final ClusterState state;
    private final ClusterPlan plan;

    EmbeddedCluster(ClusterState state, ClusterPlan plan, KubernetesCluster api) {
        super(api);
        this.state = state;
        this.plan = plan;
    }

    @Override
    protected RunningCommand startOnNode(
            String node, List<String> argv, Optional<InputStream> stdin) throws IOException {
        return start(onNode(node), argv, stdin);
    }

    @Override
    protected RunningCommand startOutside(List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        return start(
                new NamespacedProcess(BridgeNamespace.namespace(plan.lab()), List.of()),
                argv,
                stdin);
    }

    /** Returns none: the image is this program, which every node has. */
    @Override
    public Optional<ImageLoader> imageLoader() {
        return Optional.empty();
    }

    @Override
    public Optional<ClusterDns> dns() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeContainers> containers() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeFileWriter> nodeFiles() {
        return Optional.of(this::write);
    }

    private void write(String node, String path, byte[] content, boolean executable)
            throws IOException {
        Path file = files(node).here(Path.of(path).normalize());
        Files.createDirectories(file.resolveSibling(".").normalize());
        (executable ? AtomicFile.executable(file) : AtomicFile.at(file)).write(content);
    }

    /**
     * Returns a recorder that starts nothing: the lab's background process records from the node's
     * creation on.
     */
    @Override
    public Optional<StartRecorder> startRecorder() {
        return Optional.of(
                new StartRecorder() {
                    @Override
                    public boolean records(RecorderSpec recorder) throws IOException {
                        return Files.exists(recordFile());
                    }

                    @Override
                    public void start(RecorderSpec recorder) throws IOException {
                        if (!records(recorder)) {
                            throw new IOException(
                                    "the lab's process records into "
                                            + recordFile()
                                            + ", which does not exist");
                        }
                    }
                });
    }

    /** Runs this machine's commands, or lab's own when the machine lacks them. */
    private RunningCommand start(
            NamespacedProcess enclosure, List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        return new LocalCommand(
                enclosure.start(LocalCommand.withTools(argv, state.image().bin())), stdin);
    }

    /** Adds a node's own files and its event log's path. */
    private NamespacedProcess onNode(String node) throws IOException {
        List<Bind> binds = new ArrayList<>(files(node).binds());
        if (node.equals(plan.recorderNode()) && Files.exists(recordFile())) {
            binds.add(recordBind(recordFile(), Path.of(plan.recorderFile())));
        }
        return new NamespacedProcess(NetNamespace.named(node), binds, node);
    }

    /**
     * Skips paths in directories that the user may not enter, such as /root: nothing can be bound
     * there.
     */
    private static Bind recordBind(Path record, Path inNode) {
        return Files.isExecutable(inNode.resolveSibling(".").normalize())
                ? new Bind(record, inNode)
                : new Bind(
                        record.resolveSibling(".").normalize(),
                        inNode.resolveSibling(".").normalize());
    }

    private Path recordFile() throws IOException {
        return files(plan.recorderNode()).here(Path.of(plan.recorderFile()));
    }

    private NodeFiles files(String node) throws IOException {
        if (plan.nodes().stream().map(NodePlan::name).noneMatch(node::equals)) {
            throw new IOException("lab " + plan.lab() + " has no node " + node);
        }
        return NodeFiles.of(state.folder(), node);
    }
}
