package dev.cnilab.kind;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.kind.KindSteps.Step;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be done while kind still works: kubeadm mostly waits. The image is loaded into the
 * nodes, and the cluster handed over as soon as its API serves, while workers join. Whatever goes
 * wrong with it is no failure yet: what is not done then is done once kind has ended.
 *
 * @param serving takes the cluster
 */
record EarlyWork(
        KindNodes nodes,
        KindCluster.Images images,
        KindSteps steps,
        EarlyCluster early,
        Consumer<Cluster> serving) {

    /** Opens the cluster; empty while its API does not answer. */
    @FunctionalInterface
    interface EarlyCluster {
        Optional<Cluster> open() throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }

    /** Returns when it has done what it can, or soon when it is interrupted. */
    void run() {
        try {
            if (steps.await(Step.NODES_CONFIGURED)) {
                attempt(this::loadImage);
            }
            if (steps.await(Step.CONTROL_PLANE_STARTED)) {
                attempt(() -> early.open().ifPresent(serving));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loadImage() throws IOException {
        // Waits while it is being made.
        BuiltImage image = images.open().image(line -> {});
        Parallel.forEach(
                nodes.list(), node -> new NodeImage(nodes.engine(), node.name()).load(image));
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.make();
        } catch (IOException e) {
            return;
        }
    }
}
