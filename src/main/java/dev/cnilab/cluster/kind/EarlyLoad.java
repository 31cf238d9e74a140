package dev.cnilab.cluster.kind;

import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.image.BuiltImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads the image into the nodes while kind still works on them: kubeadm mostly waits. Whatever
 * goes wrong with it is no failure yet: what is not loaded then is loaded once the cluster is
 * there.
 *
 * @param count of nodes that kind makes
 * @param kindEnded nodes that are not ready by then are not waited for any more
 */
record EarlyLoad(KindNodes nodes, int count, KindCluster.Images images, CountDownLatch kindEnded) {

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Returns when it has done what it can, or soon when it is interrupted. */
    void run() {
        try {
            while (!ready()) {
                if (kindEnded.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            // Waits while it is being made.
            BuiltImage image = images.open().image(line -> {});
            Parallel.forEach(nodes.list(), node -> image(node).load(image));
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether each node is there, and its containerd answers; a new one may take no command yet.
     */
    private boolean ready() {
        try {
            List<NodeContainer> there = nodes.list();
            for (NodeContainer node : there) {
                if (!node.running() || !image(node).canLoad()) {
                    return false;
                }
            }
            return there.size() == count;
        } catch (IOException e) {
            return false;
        }
    }

    private NodeImage image(NodeContainer node) {
        return new NodeImage(nodes.engine(), node.name());
    }
}
