package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.Provider;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The cluster of a plan, created by one action and awaited by others. */
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

    /** The cluster, opened at the first call unless just created. */
    synchronized Cluster get() throws IOException {
        Optional<Cluster> open = opened();
        if (open.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "cluster-gone",
                    "the cluster of lab " + folder.lab() + " is not reachable",
                    "",
                    LabRecord.read(folder).repair());
        }
        return open.get();
    }

    /** Loads the image into the nodes; empty if not needed. */
    synchronized Optional<ImageLoader> imageLoader() throws IOException {
        return loader == null ? get().imageLoader() : Optional.of(loader);
    }

    /** Whether the cluster exists already. */
    synchronized boolean exists() throws IOException {
        return opened().isPresent();
    }

    private Optional<Cluster> opened() throws IOException {
        if (cluster == null) {
            cluster = provider.open(folder.lab(), folder.path()).orElse(null);
        }
        return Optional.ofNullable(cluster);
    }

    /** Called when all nodes run, before the API serves. */
    synchronized void nodesRun(ImageLoader loader) {
        this.loader = loader;
        nodes.countDown();
    }

    /** Called when its API serves; not all nodes may have joined yet. */
    synchronized void serves(Cluster created) {
        cluster = created;
        serving.countDown();
    }

    /** Called when its creation is complete; releases all waiters. */
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
