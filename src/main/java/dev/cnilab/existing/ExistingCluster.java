package dev.cnilab.existing;

import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.image.OwnImage;
import dev.cnilab.cluster.kubeconfig.SelectedContext;
import dev.cnilab.cluster.kubernetes.ApiCluster;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.host.Command;
import dev.cnilab.base.Failure;
import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Somebody's cluster with a lab in it. */
final class ExistingCluster extends ApiCluster {

    private final KubernetesCluster api;
    private final ExistingState state;
    private final NodePods nodes;
    private final OwnImage outside;

    ExistingCluster(KubernetesCluster api, ExistingState state, OwnImage outside) {
        super(api);
        this.api = api;
        this.state = state;
        this.nodes = new NodePods(api);
        this.outside = outside;
    }

    @Override
    protected RunningCommand startOnNode(String node, List<String> argv) throws IOException {
        return api.exec(NodePods.NAMESPACE, nodes.on(node), argv);
    }

    /** This machine: where it is, is the user's business. */
    @Override
    protected RunningCommand startOutside(List<String> argv) throws IOException {
        String path =
                Optional.ofNullable(System.getenv("PATH")).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return new LocalCommand(
                Command.of(argv)
                        .withEnvironment(Map.of("PATH", path + ":" + outside.bin()))
                        .start());
    }

    @Override
    public void apply(String manifests) throws IOException {
        String labelled = state.objects().labelled(manifests);
        state.objects().claim(labelled, api);
        super.apply(labelled);
    }

    @Override
    public String before(String manifests) throws IOException {
        return super.before(state.objects().labelled(manifests));
    }

    @Override
    public boolean applied(String manifests) throws IOException {
        return super.applied(state.objects().labelled(manifests));
    }

    /** Of the lab alone: whether the cluster's other pods run is not the lab's business. */
    @Override
    public List<Pod> awaitedPods() throws IOException {
        return pods().stream()
                .filter(pod -> state.lab().equals(pod.labels().get(MadeObjects.LABEL)))
                .toList();
    }

    @Override
    public boolean settled() throws IOException {
        return api.settled(Map.of(MadeObjects.LABEL, state.lab()));
    }

    @Override
    public void untaint() throws IOException {
        state.taints().remove(api);
    }

    @Override
    public boolean imageLoaded() throws IOException {
        return nodes.everywhere();
    }

    /** The nodes on which commands can be run. */
    Set<String> reachable() throws IOException {
        return nodes.reachable();
    }

    /** Nodes pull it, or have it: the pods through which they are looked at show which. */
    @Override
    public void loadImage() throws IOException {
        apply(NodePods.manifest(state.image()));
        nodes.await(state.image(), SelectedContext.of(state.kubeconfig(), "").name());
    }

    @Override
    public void putFile(String node, String path, byte[] content, boolean executable)
            throws IOException {
        throw new Failure(
                Failure.Kind.PROVIDER,
                "no-files-on-nodes",
                "lab puts no files on the nodes of an existing cluster",
                "the lab's CNI needs " + path + " on " + node,
                "put it there yourself, or use cni.type lab-ipip, which installs itself");
    }

    /** The nodes' start is long past: there is nothing to record. */
    @Override
    public boolean recording(RecorderSpec recorder) {
        return true;
    }

    @Override
    public void record(RecorderSpec recorder) {
        // Never asked for.
    }

    @Override
    public List<NodeContainer> containers() {
        return List.of();
    }
}
