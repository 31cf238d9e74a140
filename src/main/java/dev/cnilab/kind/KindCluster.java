package dev.cnilab.kind;

import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.NodeContainers;
import dev.cnilab.cluster.NodeFileWriter;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.StartRecorder;
import dev.cnilab.cluster.kubernetes.ApiCluster;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.image.OwnImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster created by kind. */
final class KindCluster extends ApiCluster {

    /** PATH of commands on nodes: the node's own directories, then those of lab's image. */
    private static final String NODE_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/lab/bin";

    /** The label of kubeadm's static pods. */
    private static final String TIER = "tier";

    private static final String CONTROL_PLANE = "control-plane";

    private final KubernetesCluster api;
    private final KindNodes nodes;
    private final NodeImages.Source images;
    private final OwnImage outside;

    KindCluster(
            KubernetesCluster api, KindNodes nodes, NodeImages.Source images, OwnImage outside) {
        super(api);
        this.api = api;
        this.nodes = nodes;
        this.images = images;
        this.outside = outside;
    }

    /**
     * Excludes the control plane's static pods: they run already, but their kubelet takes up to a
     * minute to report them Ready.
     */
    @Override
    public List<Pod> awaitedPods() throws IOException {
        return pods().stream()
                .filter(pod -> !CONTROL_PLANE.equals(pod.labels().get(TIER)))
                .toList();
    }

    @Override
    protected RunningCommand startOnNode(
            String node, List<String> argv, Optional<InputStream> stdin) throws IOException {
        return nodes.engine().containers().start(node, argv, Map.of("PATH", NODE_PATH), stdin);
    }

    @Override
    protected RunningCommand startOutside(List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        return LocalCommand.start(argv, outside.bin(), stdin);
    }

    @Override
    public Optional<ClusterDns> dns() {
        return Optional.of(api.dns());
    }

    @Override
    public Optional<ImageLoader> imageLoader() {
        return Optional.of(new NodeImages(nodes, images));
    }

    @Override
    public Optional<NodeFileWriter> nodeFiles() {
        return Optional.of((node, path, content, executable) ->
                new NodeFile(nodes.engine(), node, path).write(content, executable));
    }

    @Override
    public Optional<StartRecorder> startRecorder() {
        return Optional.of(new MonitorRecorder(nodes));
    }

    @Override
    public Optional<NodeContainers> containers() {
        return Optional.of(nodes::list);
    }

    @Override
    public void close() {
        super.close();
        nodes.engine().close();
    }
}
