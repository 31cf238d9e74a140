package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.Provider;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The cluster of a plan: one action creates it, others wait for it. */
final class ClusterHandle implements AutoCloseable {

    private final Provider provider;
    private final LabFolder folder;
    private final CountDownLatch nodes = new CountDownLatch(1);
    private final CountDownLatch serving = new CountDownLatch(1);
    private @Nullable ImageLoader loader;
    private @Nullable Cluster cluster;

    ClusterHandle(Provider provider, LabFolder folder) {
        this.provider = provider;
        this.folder = folder;
    }

    /** Opened when first needed, unless its creation gave it. */
    synchronized Cluster get() throws IOException {
        return opened().orElseThrow(() ->
                new Failure(
                        Failure.Kind.PROVIDER,
                        "cluster-gone",
                        "the cluster of lab " + folder.lab() + " does not answer",
                        "",
                        "lab up " + folder.lab()));
    }

    /** Loads the image into the nodes; empty where they have it anyway. */
    synchronized Optional<ImageLoader> imageLoader() throws IOException {
        return loader == null ? get().imageLoader() : Optional.of(loader);
    }

    /** Whether it exists already. */
    synchronized boolean exists() throws IOException {
        return opened().isPresent();
    }

    private Optional<Cluster> opened() throws IOException {
        if (cluster == null) {
            cluster = provider.open(folder.lab(), folder.path()).orElse(null);
        }
        return Optional.ofNullable(cluster);
    }

    /** All nodes run, before the API serves. */
    synchronized void nodesRun(ImageLoader loader) {
        this.loader = loader;
        nodes.countDown();
    }

    /** Its API serves; not all of its nodes may have joined. */
    synchronized void serves(Cluster created) {
        cluster = created;
        serving.countDown();
    }

    /** It is created: whatever waits for it continues. */
    synchronized void created() throws IOException {
        serves(get());
        nodes.countDown();
    }

    void awaitNodes() throws InterruptedException {
        nodes.await();
    }

    void awaitServing() throws InterruptedException {
        serving.await();
    }

    @Override
    public synchronized void close() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }
}
