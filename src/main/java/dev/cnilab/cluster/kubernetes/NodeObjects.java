package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;
import static dev.cnilab.cluster.kubernetes.Requests.failure;

import dev.cnilab.cluster.lease.NodeLeases;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes Node objects: taints, and the agents' annotations. */
public final class NodeObjects {

    /** The taints that kubeadm sets; the second one until Kubernetes 1.24. */
    private static final Set<String> CONTROL_PLANE_TAINTS =
            Set.of(
                    "node-role.kubernetes.io/control-plane:NoSchedule",
                    "node-role.kubernetes.io/master:NoSchedule");

    private static final int CONFLICT = 409;
    private static final int UPDATE_ATTEMPTS = 10;

    private final KubernetesClient client;

    NodeObjects(KubernetesClient client) {
        this.client = client;
    }

    /** See {@link dev.cnilab.cluster.Cluster#untaint}. */
    public void untaint() throws IOException {
        for (Node node : ask(() -> client.nodes().list().getItems())) {
            if (node.getSpec().getTaints().stream()
                    .map(ClusterObjects::taint)
                    .anyMatch(CONTROL_PLANE_TAINTS::contains)) {
                edit(node.getMetadata().getName(), NodeObjects::withoutTaint);
            }
        }
    }

    /** Removes the bundled CNI's annotations from all nodes. */
    public void forgetLeases() throws IOException {
        for (Node node : ask(() -> client.nodes().list().getItems())) {
            if (NodeLeases.tunnel(node).isPresent()) {
                edit(node.getMetadata().getName(), NodeLeases::without);
            }
        }
    }

    /**
     * Adds a taint to a node.
     *
     * @param taint in the format of {@link dev.cnilab.cluster.Node#taints()}
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
     * Removes a taint from a node; an absent taint is no error.
     *
     * @param taint in the format of {@link dev.cnilab.cluster.Node#taints()}
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

    /** Edits a node, and retries on conflicts: kubelets update their nodes all the time. */
    private void edit(String node, UnaryOperator<Node> change) throws IOException {
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

    private static Node withoutTaint(Node node) {
        node.getSpec()
                .getTaints()
                .removeIf(taint -> CONTROL_PLANE_TAINTS.contains(ClusterObjects.taint(taint)));
        return node;
    }
}
