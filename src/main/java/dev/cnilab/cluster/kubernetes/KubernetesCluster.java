package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.KubernetesView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.ObjectTable;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.cluster.lease.NodeLeases;
import dev.cnilab.net.Tunnel;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A connection to a cluster's Kubernetes API. */
public final class KubernetesCluster implements KubernetesView, AutoCloseable {

    /** Request timeout; fabric8's default, on machines of normal speed. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final NodeOrder order;

    /**
     * @param kubeconfig of a user with all rights
     */
    public KubernetesCluster(Path kubeconfig) throws IOException {
        this(Files.readString(kubeconfig));
    }

    /**
     * @param kubeconfig its text
     */
    public KubernetesCluster(String kubeconfig) throws IOException {
        this(kubeconfig, new NodeOrder(List.of()));
    }

    /**
     * @param kubeconfig its text
     */
    public KubernetesCluster(String kubeconfig, NodeOrder order) throws IOException {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setRequestRetryBackoffLimit(1);
        int patience =
                Math.toIntExact(TimeFactor.of(System.getenv()).times(REQUEST_TIMEOUT).toMillis());
        config.setConnectionTimeout(patience);
        config.setRequestTimeout(patience);
        // As kubectl: the default for objects without a namespace.
        config.setNamespace("default");
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.order = order;
    }

    /** Whether the API server responds. */
    public boolean answers() {
        try {
            client.getKubernetesVersion();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Applies and deletes manifests. */
    public AppliedObjects objects() {
        return new AppliedObjects(client);
    }

    public NodeObjects nodeObjects() {
        return new NodeObjects(client);
    }

    public PodEvictions evictions() {
        return new PodEvictions(client);
    }

    /** See {@link Cluster#table}. */
    public ObjectTable table(String plural, Optional<String> namespace) throws IOException {
        return new ServerTables(client).list(plural, namespace);
    }

    public ClusterDns dns() {
        return new CoreDns(client);
    }

    @Override
    public List<Node> nodes() throws IOException {
        return ask(() -> client.nodes().list().getItems()).stream()
                .map(ClusterObjects::node)
                .sorted(order.byNode())
                .toList();
    }

    @Override
    public List<Pod> pods() throws IOException {
        return ask(() -> client.pods().inAnyNamespace().list().getItems()).stream()
                .sorted(order.byPod())
                .map(ClusterObjects::pod)
                .toList();
    }

    /**
     * Returns a pod.
     *
     * @throws IOException also when it does not exist
     */
    Pod pod(String namespace, String name) throws IOException {
        return ClusterObjects.pod(
                ask(client.pods().inNamespace(namespace).withName(name)::require));
    }

    @Override
    public List<Service> services() throws IOException {
        return ask(() -> client.services().inAnyNamespace().list().getItems()).stream()
                .map(ClusterObjects::service)
                .sorted(Comparator.comparing(Service::namespace).thenComparing(Service::name))
                .toList();
    }

    /** See {@link Cluster#logs}. */
    public String logs(String namespace, String pod, int lines) throws IOException {
        var found = client.pods().inNamespace(namespace).withName(pod);
        StringBuilder text = new StringBuilder();
        for (var container : ask(found::require).getSpec().getContainers()) {
            try {
                text.append(found.inContainer(container.getName()).tailingLines(lines).getLog());
            } catch (KubernetesClientException e) {
                // A container that has not started has no log: the API returns an error.
                text.append(e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage())
                        .append('\n');
            }
        }
        return text.toString();
    }

    /**
     * Starts a command in a pod's first container.
     *
     * @param stdin as {@link Cluster#start} takes it
     */
    public RunningCommand exec(
            String namespace, String pod, List<String> argv, Optional<InputStream> stdin)
            throws IOException {
        return PodExec.start(client, namespace, pod, argv, stdin);
    }

    @Override
    public Optional<Tunnel> tunnel() throws IOException {
        return ask(() -> client.nodes().list().getItems()).stream()
                .flatMap(node -> NodeLeases.tunnel(node).stream())
                .findFirst();
    }

    /** See {@link Cluster#unsettled}; limited to workloads with all of these labels. */
    public List<String> unsettled(Map<String, String> labels) throws IOException {
        var apps = client.apps();
        var nodes = ask(() -> client.nodes().list().getItems());
        var sets =
                ask(() -> apps.daemonSets().inAnyNamespace().withLabels(labels).list().getItems());
        var deployments =
                ask(() -> apps.deployments().inAnyNamespace().withLabels(labels).list().getItems());
        return Stream.concat(
                        sets.stream().flatMap(set -> Workloads.lack(set, nodes).stream()),
                        deployments.stream().flatMap(each -> Workloads.lack(each).stream()))
                .toList();
    }

    /** See {@link Cluster#await}. */
    public boolean await(Cluster.Condition condition, Duration budget) throws IOException {
        if (condition.holds()) {
            return true;
        }
        try (Changes changes = ask(() -> new Changes(client))) {
            return changes.await(condition, budget);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
