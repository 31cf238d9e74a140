package dev.cnilab.lifecycle;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Provider;
import dev.cnilab.base.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The cluster of a plan: one action makes it, others wait for it. */
final class OpenedCluster implements AutoCloseable {

    private final Provider provider;
    private final LabFolder folder;
    private final CountDownLatch serving = new CountDownLatch(1);
    private @Nullable Cluster cluster;

    OpenedCluster(Provider provider, LabFolder folder) {
        this.provider = provider;
        this.folder = folder;
    }

    /** Opened when first needed, unless whoever makes it gave it. */
    synchronized Cluster get() throws IOException {
        return opened().orElseThrow(() ->
                new Failure(
                        Failure.Kind.PROVIDER,
                        "cluster-gone",
                        "the cluster of lab " + folder.lab() + " does not answer",
                        "",
                        "lab up " + folder.lab()));
    }

    /** Whether it is there already. */
    synchronized boolean exists() throws IOException {
        return opened().isPresent();
    }

    private Optional<Cluster> opened() throws IOException {
        if (cluster == null) {
            cluster = provider.open(folder.lab(), folder.path()).orElse(null);
        }
        return Optional.ofNullable(cluster);
    }

    /** Its API answers; not all of its nodes may be there yet. Lets go on who waits for it. */
    synchronized void serves(Cluster made) {
        cluster = made;
        serving.countDown();
    }

    /** It is made, and who waits for it can go on. */
    synchronized void made() throws IOException {
        serves(get());
    }

    /** Waits until its API answers. */
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
