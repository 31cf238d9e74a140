package dev.cnilab.existing;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.time.Duration;

/**
 * The taint that keeps pods from nodes whose CNI is being removed. Its key is the lab's own: no
 * taint of others, nor a cordon, is mistaken for it.
 */
final class RemovalTaint {

    private static final String KEY = "cnilab.dev/removing-cni";

    /** What the node lifecycle controller puts on a node without a CNI. */
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
     * Removes it, once the cluster itself keeps pods from the nodes: kubelets report after some
     * seconds that there is no CNI any more. Where there is another one, they never do.
     *
     * @param patience for that
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
