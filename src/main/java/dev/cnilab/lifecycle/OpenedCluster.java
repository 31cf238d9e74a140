package dev.cnilab.lifecycle;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Provider;
import dev.cnilab.host.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The cluster of a plan: opened when an action first needs it, since an earlier one makes it. */
final class OpenedCluster implements AutoCloseable {

    private final Provider provider;
    private final LabFolder folder;
    private @Nullable Cluster cluster;

    OpenedCluster(Provider provider, LabFolder folder) {
        this.provider = provider;
        this.folder = folder;
    }

    Cluster get() throws IOException {
        if (cluster == null) {
            cluster =
                    provider.open(folder.lab(), folder.path())
                            .orElseThrow(() ->
                                    new Failure(
                                            Failure.Kind.PROVIDER,
                                            "cluster-gone",
                                            "the cluster of lab "
                                                    + folder.lab()
                                                    + " does not answer",
                                            "",
                                            "lab up " + folder.lab()));
        }
        return cluster;
    }

    /** Whether it is there already. */
    boolean exists() throws IOException {
        return provider.clusterExists(folder.lab(), folder.path());
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
