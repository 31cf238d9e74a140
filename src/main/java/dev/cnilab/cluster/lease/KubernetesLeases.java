package dev.cnilab.cluster.lease;

import dev.cnilab.base.Failure;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.cni.lease.LeaseSource;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.TunnelDriver;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Leases in the Node objects of a Kubernetes cluster: a node's subnet is its podCIDR, the rest is
 * in annotations. Compatible with flanneld.
 */
public final class KubernetesLeases implements LeaseSource {

    /** Request timeout in milliseconds; long, since a starting node is busy with many pods. */
    private static final int REQUEST_TIMEOUT = 60_000;

    private final KubernetesClient client;
    private final String node;
    private final Consumer<String> log;

    /**
     * @param client closed with this object
     * @param node this node's name
     */
    public KubernetesLeases(KubernetesClient client, String node, Consumer<String> log) {
        this.client = client;
        this.node = node;
        this.log = log;
    }

    /**
     * @param kubeconfig empty: the pod's own service account
     * @throws Failure outside of a pod without a kubeconfig
     */
    public static KubernetesLeases connect(
            Optional<Path> kubeconfig,
            Map<String, String> environment,
            String node,
            Consumer<String> log)
            throws Failure {
        Config config =
                kubeconfig.isPresent()
                        ? Config.fromKubeconfig(kubeconfig.get().toFile())
                        : ServiceAccount.of(environment, ServiceAccount.FOLDER).config();
        config.setConnectionTimeout(REQUEST_TIMEOUT);
        config.setRequestTimeout(REQUEST_TIMEOUT);
        KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build();
        return new KubernetesLeases(client, node, log);
    }

    @Override
    public Own own() throws IOException {
        return call(
                "read",
                () -> {
                    Node found = client.nodes().withName(node).get();
                    if (found == null) {
                        throw new IOException(
                                "the cluster has no node '"
                                        + node
                                        + "'; name this one with --node");
                    }
                    Ipv4Prefix subnet =
                            NodeLeases.podSubnet(found)
                                    .orElseThrow(() ->
                                            new IOException(
                                                    "node '"
                                                            + node
                                                            + "' has no podCIDR. The cluster assigns one when its controller manager runs with --allocate-node-cidrs=true and --cluster-cidr (kubeadm: podSubnet)"));
                    return new Own(subnet, NodeLeases.publicIpOverwrite(found));
                });
    }

    @Override
    public void watch(Consumer<List<Lease>> listener) throws IOException {
        Known known = new Known(listener);
        call(
                "list",
                () -> {
                    client.nodes()
                            .runnableInformer(0)
                            .addEventHandler(known)
                            .exceptionHandler((started, failure) -> {
                                log.accept("nodes are listed again after: " + failure);
                                return started;
                            })
                            .start()
                            .toCompletableFuture()
                            .join();
                    return true;
                });
        known.reportFromNowOn();
    }

    @Override
    public void publish(Lease lease, TunnelDriver tunnel) throws IOException {
        call(
                "annotate",
                () ->
                        client.nodes()
                                .withName(node)
                                .patch(
                                        PatchContext.of(PatchType.JSON_MERGE),
                                        NodeLeases.leasePatch(lease, tunnel)));
    }

    @Override
    public void publishReady() throws IOException {
        call(
                "set the condition of",
                () ->
                        client.nodes()
                                .withName(node)
                                .subresource("status")
                                .patch(
                                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                                        NodeLeases.readyPatch(Instant.now())));
    }

    @Override
    public void close() {
        client.close();
    }

    @FunctionalInterface
    private interface Request<T> {
        T run() throws IOException;
    }

    private <T> T call(String verb, Request<T> request) throws IOException {
        try {
            return request.run();
        } catch (KubernetesClientException | CompletionException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot %s node %s at %s: %s"
                            .formatted(verb, node, client.getMasterUrl(), e.getMessage()),
                    e);
        }
    }

    /** The leases of known nodes; called by the informer's thread only. */
    private final class Known implements ResourceEventHandler<Node> {

        private final Map<String, Lease> leases = new ConcurrentHashMap<>();
        private final Consumer<List<Lease>> listener;
        private boolean listed;

        Known(Consumer<List<Lease>> listener) {
            this.listener = listener;
        }

        synchronized void reportFromNowOn() {
            listed = true;
            listener.accept(List.copyOf(leases.values()));
        }

        @Override
        public void onAdd(Node added) {
            put(added);
        }

        @Override
        public void onUpdate(Node before, Node now) {
            put(now);
        }

        @Override
        public synchronized void onDelete(Node gone, boolean finalStateUnknown) {
            if (leases.remove(gone.getMetadata().getName()) != null) {
                report();
            }
        }

        private synchronized void put(Node node) {
            String name = node.getMetadata().getName();
            try {
                Optional<Lease> now = NodeLeases.lease(node);
                Optional<Lease> before =
                        Optional.ofNullable(
                                now.isPresent()
                                        ? leases.put(name, now.get())
                                        : leases.remove(name));
                if (!now.equals(before)) {
                    report();
                }
            } catch (IllegalArgumentException e) {
                log.accept("node " + name + " is left out: " + e.getMessage());
            }
        }

        private void report() {
            if (listed) {
                listener.accept(List.copyOf(leases.values()));
            }
        }
    }
}
