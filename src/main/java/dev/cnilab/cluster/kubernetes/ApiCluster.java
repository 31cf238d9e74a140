package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.cluster.KubernetesObjects;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.ObjectTable;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.cluster.UnexecutedCommand;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NotExecutableException;
import dev.cnilab.net.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a cluster that is implemented by its Kubernetes API, the same for all providers. */
public abstract class ApiCluster implements Cluster {

    /** The node's program, part of lab's image, that executes another in a pod's network. */
    private static final String IN_POD = "in-pod";

    private final KubernetesCluster api;

    /**
     * @param api closed with this cluster
     */
    protected ApiCluster(KubernetesCluster api) {
        this.api = api;
    }

    /**
     * Starts a command on a node, with its network and its files.
     *
     * @param stdin as {@link Cluster#start} takes it
     */
    protected abstract RunningCommand startOnNode(
            String node, List<String> argv, Optional<InputStream> stdin) throws IOException;

    /**
     * Starts a command outside of the cluster, see {@link Place.Outside}.
     *
     * @param stdin as {@link Cluster#start} takes it
     */
    protected abstract RunningCommand startOutside(List<String> argv, Optional<InputStream> stdin)
            throws IOException;

    @Override
    public final RunningCommand start(Place at, List<String> argv) throws IOException {
        return start(at, argv, Optional.empty());
    }

    @Override
    public final RunningCommand start(Place at, List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        try {
            return switch (at) {
                case Place.InPod(String namespace, String pod) ->
                        api.exec(namespace, pod, argv, stdin);
                case Place.OnNode(String node) -> startOnNode(node, argv, stdin);
                case Place.Outside() -> startOutside(argv, stdin);
            };
        } catch (NotExecutableException e) {
            return new UnexecutedCommand(e);
        }
    }

    @Override
    public final ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException {
        return CommandOutput.of(start(at, argv), argv, timeout);
    }

    @Override
    public final RunningCommand startInNetwork(Place at, List<String> argv) throws IOException {
        return switch (at) {
            case Place.InPod(String namespace, String pod) ->
                    startInNetwork(api.pod(namespace, pod), argv);
            case Place.OnNode _, Place.Outside _ -> start(at, argv);
        };
    }

    private RunningCommand startInNetwork(Pod pod, List<String> argv) throws IOException {
        String id = pod.namespace() + "/" + pod.name();
        Place node =
                new Place.OnNode(
                        pod.node()
                                .orElseThrow(
                                        () -> new IOException("pod " + id + " has no node yet")));
        return start(
                node,
                pod.hostNetwork()
                        ? argv
                        : Stream.concat(Stream.of(IN_POD, id), argv.stream()).toList());
    }

    @Override
    public final ExecResult execInNetwork(Place at, List<String> argv, Duration timeout)
            throws IOException {
        return CommandOutput.of(startInNetwork(at, argv), argv, timeout);
    }

    @Override
    public final List<Node> nodes() throws IOException {
        return api.nodes();
    }

    @Override
    public final List<Pod> pods() throws IOException {
        return api.pods();
    }

    @Override
    public final List<Service> services() throws IOException {
        return api.services();
    }

    @Override
    public Optional<Tunnel> tunnel() throws IOException {
        return api.tunnel();
    }

    @Override
    public final ObjectTable table(String plural, Optional<String> namespace) throws IOException {
        return api.table(plural, namespace);
    }

    @Override
    public KubernetesObjects objects() {
        return api.objects();
    }

    @Override
    public final String logs(String namespace, String pod, int lines) throws IOException {
        return api.logs(namespace, pod, lines);
    }

    @Override
    public List<Pod> awaitedPods() throws IOException {
        return pods();
    }

    @Override
    public List<String> unsettled() throws IOException {
        return api.unsettled(Map.of());
    }

    @Override
    public final boolean await(Condition condition, Duration budget) throws IOException {
        return api.await(condition, budget);
    }

    @Override
    public void untaint() throws IOException {
        api.nodeObjects().untaint();
    }

    @Override
    public void close() {
        api.close();
    }
}
