package dev.cnilab.existing;

import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.KubernetesObjects;
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
import java.util.Set;

/** An existing cluster with a lab. */
final class ExistingCluster extends ApiCluster {

    private final KubernetesCluster api;
    private final ExistingState state;
    private final NodePods nodes;
    private final LabelledObjects objects;
    private final OwnImage outside;

    ExistingCluster(KubernetesCluster api, ExistingState state, OwnImage outside) {
        super(api);
        this.api = api;
        this.state = state;
        this.nodes = new NodePods(api);
        this.objects = new LabelledObjects(state.objects(), api);
        this.outside = outside;
    }

    @Override
    protected RunningCommand startOnNode(
            String node, List<String> argv, Optional<InputStream> stdin) throws IOException {
        return api.exec(NodePods.NAMESPACE, nodes.on(node), argv, stdin);
    }

    /** Runs the command on this machine; its connection to the cluster is up to the user. */
    @Override
    protected RunningCommand startOutside(List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        return LocalCommand.start(argv, outside.bin(), stdin);
    }

    @Override
    public KubernetesObjects objects() {
        return objects;
    }

    /** Returns the lab's pods only; the lab does not depend on the cluster's other pods. */
    @Override
    public List<Pod> awaitedPods() throws IOException {
        return pods().stream()
                .filter(pod -> state.lab().equals(pod.labels().get(OwnedObjects.LABEL)))
                .toList();
    }

    @Override
    public List<String> unsettled() throws IOException {
        return api.unsettled(Map.of(OwnedObjects.LABEL, state.lab()));
    }

    @Override
    public void untaint() throws IOException {
        state.taints().remove(api);
    }

    /** Returns the nodes on which commands can be run. */
    Set<String> reachable() throws IOException {
        return nodes.reachable();
    }

    @Override
    public Optional<ImageLoader> imageLoader() {
        return Optional.of(image());
    }

    /** Returns the image with which lab runs commands on nodes. */
    PulledImage image() {
        return new PulledImage(state, objects, nodes);
    }

    @Override
    public Optional<ClusterDns> dns() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeFileWriter> nodeFiles() {
        return Optional.empty();
    }

    @Override
    public Optional<StartRecorder> startRecorder() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeContainers> containers() {
        return Optional.empty();
    }
}
