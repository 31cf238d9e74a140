package dev.cnilab.existing;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.time.Duration;

/**
 * The taint that keeps pods off nodes whose CNI is being removed. Its key is lab's own, so that it
 * is not confused with other taints or a cordon.
 */
final class RemovalTaint {

    private static final String KEY = "cnilab.dev/removing-cni";

    /** The taint that the node lifecycle controller adds to a node without a CNI. */
    private static final String NOT_READY = "node.kubernetes.io/not-ready:NoSchedule";

    private final KubernetesCluster api;
    private final String taint;

    RemovalTaint(KubernetesCluster api, String lab) {
        this.api = api;
        this.taint = KEY + "=" + lab + ":NoSchedule";
    }

    void put() throws IOException {
        for (Node node : api.nodes()) {
            if (!node.taints().contains(taint)) {
                api.nodeObjects().taint(node.name(), taint);
            }
        }
    }

    /**
     * Removes the taint once the cluster itself keeps pods off the nodes: kubelets report after
     * some seconds that there is no CNI any more. With another CNI they never do.
     *
     * @param patience how long to wait for that
     */
    void liftWhenNotReady(Duration patience) throws IOException {
        api.await(
                () ->
                        api.nodes().stream()
                                .filter(node -> node.taints().contains(taint))
                                .allMatch(node -> node.taints().contains(NOT_READY)),
                patience);
        lift();
    }

    void lift() throws IOException {
        for (Node node : api.nodes()) {
            if (node.taints().contains(taint)) {
                api.nodeObjects().untaint(node.name(), taint);
            }
        }
    }
}
