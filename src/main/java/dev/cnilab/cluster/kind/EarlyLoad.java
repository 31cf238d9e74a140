package dev.cnilab.cluster.kind;

import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.image.BuiltImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Loads the image into the nodes while kind still works on them: kubeadm mostly waits. Whatever
 * goes wrong with it is no failure yet: what is not loaded then is loaded once the cluster is
 * there.
 */
final class EarlyLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final KindNodes nodes;
    private final int count;
    private final KindCluster.Images images;
    private final Thread thread;

    /**
     * @param count of nodes that kind makes
     */
    EarlyLoad(KindNodes nodes, int count, KindCluster.Images images) {
        this.nodes = nodes;
        this.count = count;
        this.images = images;
        this.thread = Thread.ofVirtual().name("early-load").start(this::load);
    }

    private void load() {
        try {
            while (!ready()) {
                Thread.sleep(PAUSE);
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

    /** Waits until it has done what it can. */
    void await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while images are loaded");
        }
    }

    /** Ends it: the nodes may go now. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
