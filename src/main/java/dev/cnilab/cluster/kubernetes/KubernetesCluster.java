package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.cluster.lease.NodeLeases;
import dev.cnilab.base.TimeFactor;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What every cluster answers from its Kubernetes API, whatever its nodes are. */
public final class KubernetesCluster implements AutoCloseable {

    /** Who owns the fields that {@link #apply} sets. */
    private static final String FIELD_MANAGER = "lab";

    /** kubeadm's; the second until Kubernetes 1.24. */
    private static final Set<String> CONTROL_PLANE_TAINTS =
            Set.of(
                    "node-role.kubernetes.io/control-plane:NoSchedule",
                    "node-role.kubernetes.io/master:NoSchedule");

    /** Since 1.22 every API server applies (KEP-555); older ones may have it switched off. */
    private static final ServerVersion SERVER_SIDE_APPLY = new ServerVersion(1, 22);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UPDATE_ATTEMPTS = 10;

    /** A kubelet that misses a pod's end looks again after a minute or more. */
    private static final Duration GONE = Duration.ofMinutes(3);

    private static final Comparator<Node> KINDS_ORDER =
            Comparator.comparing(Node::role)
                    .thenComparingInt(node -> node.name().length())
                    .thenComparing(Node::name);

    /** fabric8's own default, for machines that are no slower than others. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KubernetesClient client;

    /**
     * @param kubeconfig of a user who may do everything
     */
    public KubernetesCluster(Path kubeconfig) throws IOException {
        this(Files.readString(kubeconfig));
    }

    /**
     * @param kubeconfig its text
     */
    public KubernetesCluster(String kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setRequestRetryBackoffLimit(1);
        int patience = Math.toIntExact(TimeFactor.of(System.getenv()).times(ANSWER).toMillis());
        config.setConnectionTimeout(patience);
        config.setRequestTimeout(patience);
        // As kubectl: an object that names none belongs to this one.
        config.setNamespace("default");
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Whether the API answers at all. */
    public boolean answers() {
        try {
            client.getKubernetesVersion();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** See {@link Cluster#nodes()}. */
    public List<Node> nodes() throws IOException {
        return ask(() -> client.nodes().list().getItems()).stream()
                .map(ClusterObjects::node)
                .sorted(KINDS_ORDER)
                .toList();
    }

    /** See {@link Cluster#pods()}. */
    public List<Pod> pods() throws IOException {
        return ask(() -> client.pods().inAnyNamespace().list().getItems()).stream()
                .map(ClusterObjects::pod)
                .sorted(Comparator.comparing(Pod::namespace).thenComparing(Pod::name))
                .toList();
    }

    /** See {@link Cluster#services()}. */
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
                // One that has not started has no log; the API says so in words.
                text.append(e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage())
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Starts a command in a pod's first container. */
    public RunningCommand exec(String namespace, String pod, List<String> argv) throws IOException {
        return ask(() -> PodExec.start(client, namespace, pod, argv));
    }

    /** See {@link Cluster#tunnel}. */
    public String tunnel() throws IOException {
        return ask(() -> client.nodes().list().getItems()).stream()
                .flatMap(node -> NodeLeases.tunnel(node).stream())
                .findFirst()
                .map(kind ->
                        switch (kind) {
                            case KERNEL -> "kernel";
                            case TUN -> "user space";
                        })
                .orElse("");
    }

    /** See {@link Cluster#apply}. */
    public void apply(String manifests) throws IOException {
        boolean serverSide =
                ServerVersion.of(ask(client::getKubernetesVersion)).atLeast(SERVER_SIDE_APPLY);
        for (HasMetadata object : objects(manifests)) {
            ask(() -> serverSide ? applyThere(object) : createOrPatch(object));
        }
    }

    private HasMetadata applyThere(HasMetadata object) {
        return client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private HasMetadata createOrPatch(HasMetadata object) {
        var resource = client.resource(object);
        return resource.get() == null
                ? resource.create()
                : resource.patch(PatchContext.of(PatchType.JSON_MERGE), object);
    }

    /** See {@link Cluster#before}. */
    public String before(String manifests) throws IOException {
        List<FieldsBefore> all = new ArrayList<>();
        for (HasMetadata object : objects(manifests)) {
            @Nullable HasMetadata there = ask(() -> client.resource(object).get());
            all.add(FieldsBefore.of(object, Optional.ofNullable(there)));
        }
        return FieldsBefore.text(all);
    }

    /** See {@link Cluster#restore}. */
    public void restore(String before) throws IOException {
        for (FieldsBefore each : FieldsBefore.parse(before).reversed()) {
            ask(() -> {
                each.restore(client);
                return true;
            });
        }
    }

    /** See {@link Cluster#applied}. */
    public boolean applied(String manifests) throws IOException {
        for (HasMetadata object : objects(manifests)) {
            HasMetadata there = ask(() -> client.resource(object).get());
            if (there == null || !Applied.mark(there).equals(Applied.mark(object))) {
                return false;
            }
        }
        return true;
    }

    /** See {@link Cluster#delete}. */
    public void delete(String manifests) throws IOException {
        for (HasMetadata object : objects(manifests).reversed()) {
            ask(() ->
                    client.resource(object)
                            .withTimeout(GONE.toSeconds(), TimeUnit.SECONDS)
                            .delete());
        }
    }

    /** Deletes an object and what it owns, as a DaemonSet its pods, and waits until all is gone. */
    public void deleteWithDependents(String manifest) throws IOException {
        HasMetadata object = objects(manifest).getFirst();
        ask(() ->
                client.resource(object)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .withTimeout(GONE.toSeconds(), TimeUnit.SECONDS)
                        .delete());
    }

    /**
     * Deletes a DaemonSet, and its pods without waiting for the kubelets' word that they ended,
     * which they may do some seconds later.
     */
    public void deleteDaemonSetAtOnce(String manifest) throws IOException {
        DaemonSet set = (DaemonSet) objects(manifest).getFirst();
        Map<String, String> selector =
                ask(client.resource(set)::require).getSpec().getSelector().getMatchLabels();
        ask(() ->
                client.resource(set)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete());
        ask(() ->
                client.pods()
                        .inNamespace(set.getMetadata().getNamespace())
                        .withLabels(selector)
                        .withGracePeriod(0)
                        .delete());
        deleteWithDependents(manifest);
    }

    /** See {@link Cluster#settled}; of the workloads that have all of these labels. */
    public boolean settled(Map<String, String> labels) throws IOException {
        var apps = client.apps();
        return ask(() -> apps.daemonSets().inAnyNamespace().withLabels(labels).list().getItems())
                        .stream()
                        .allMatch(Workloads::settled)
                && ask(() ->
                                apps.deployments()
                                        .inAnyNamespace()
                                        .withLabels(labels)
                                        .list()
                                        .getItems())
                        .stream()
                        .allMatch(Workloads::settled);
    }

    /** The labels of a manifest's one object; empty when the cluster has no such object. */
    public Optional<Map<String, String>> labels(String manifest) throws IOException {
        HasMetadata object = objects(manifest).getFirst();
        return Optional.ofNullable(ask(() -> client.resource(object).get()))
                .map(there ->
                        Objects.requireNonNullElse(there.getMetadata().getLabels(), Map.of()));
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

    /** See {@link Cluster#untaint}. */
    public void untaint() throws IOException {
        for (Node node : nodes()) {
            if (node.taints().stream().anyMatch(CONTROL_PLANE_TAINTS::contains)) {
                edit(node.name(), KubernetesCluster::withoutTaint);
            }
        }
    }

    /** Takes what an agent of the bundled CNI noted on its node off every node. */
    public void forgetLeases() throws IOException {
        for (io.fabric8.kubernetes.api.model.Node node :
                ask(() -> client.nodes().list().getItems())) {
            if (NodeLeases.tunnel(node).isPresent()) {
                edit(node.getMetadata().getName(), NodeLeases::without);
            }
        }
    }

    /**
     * Puts a taint on a node.
     *
     * @param taint as {@link Node#taints()} has it
     */
    public void taint(String node, String taint) throws IOException {
        edit(
                node,
                found -> {
                    found.getSpec().getTaints().add(ClusterObjects.taint(taint));
                    return found;
                });
    }

    /**
     * Removes a taint from a node; one that is not there is no error.
     *
     * @param taint as {@link Node#taints()} has it
     */
    public void untaint(String node, String taint) throws IOException {
        edit(
                node,
                found -> {
                    found.getSpec()
                            .getTaints()
                            .removeIf(each -> ClusterObjects.taint(each).equals(taint));
                    return found;
                });
    }

    /** Whether something replaces the pod when it is gone, as a ReplicaSet does. */
    public boolean hasController(Pod pod) throws IOException {
        io.fabric8.kubernetes.api.model.@Nullable Pod there = ask(() -> resource(pod).get());
        return there != null
                && there.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /**
     * Asks for a pod's eviction (policy/v1), and does not wait for its end.
     *
     * @return false when a PodDisruptionBudget does not allow it now
     */
    public boolean evict(Pod pod) throws IOException {
        try {
            return resource(pod).evict();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return true;
            }
            throw failure(e);
        }
    }

    /** Deletes a pod, and does not wait for its end. */
    public void delete(Pod pod) throws IOException {
        ask(() -> resource(pod).delete());
    }

    private PodResource resource(Pod pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name());
    }

    /** See {@link Cluster#hasDns}. */
    public boolean hasDns() throws IOException {
        @Nullable Deployment found = ask(() -> dns().get());
        return found != null && !Integer.valueOf(0).equals(found.getSpec().getReplicas());
    }

    /** See {@link Cluster#stopDns}. */
    public void stopDns() throws IOException {
        if (hasDns()) {
            ask(() -> dns().scale(0));
        }
    }

    /** As kubeadm deploys it. */
    private RollableScalableResource<Deployment> dns() {
        return client.apps().deployments().inNamespace("kube-system").withName("coredns");
    }

    /** Nodes change all the time: their kubelets report. */
    private void edit(String node, UnaryOperator<io.fabric8.kubernetes.api.model.Node> change)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                client.nodes().withName(node).edit(change);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT || attempt == UPDATE_ATTEMPTS) {
                    throw failure(e);
                }
            }
        }
    }

    private static io.fabric8.kubernetes.api.model.Node withoutTaint(
            io.fabric8.kubernetes.api.model.Node node) {
        node.getSpec()
                .getTaints()
                .removeIf(taint -> CONTROL_PLANE_TAINTS.contains(ClusterObjects.taint(taint)));
        return node;
    }

    private List<HasMetadata> objects(String manifests) throws IOException {
        List<HasMetadata> objects =
                ask(() ->
                        client.load(
                                        new ByteArrayInputStream(
                                                manifests.getBytes(StandardCharsets.UTF_8)))
                                .items());
        objects.forEach(Applied::setMark);
        return objects;
    }

    private static <T> T ask(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    private static IOException failure(KubernetesClientException e) {
        // Of a connection that fails, only the cause says why.
        String cause = e.getCause() == null ? "" : " " + e.getCause();
        return new IOException("Kubernetes API: " + e.getMessage() + cause, e);
    }

    @Override
    public void close() {
        client.close();
    }
}
