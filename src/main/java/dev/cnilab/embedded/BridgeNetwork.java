package dev.cnilab.embedded;

import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.embedded.node.NamespaceCleanup;
import dev.cnilab.host.NameTakenException;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Path;

/** The network of the nodes as a bridge in a namespace of its own. */
record BridgeNetwork() implements NodeNetwork {

    @Override
    public boolean exists(LabSpec spec, Path folder) throws IOException {
        return EmbeddedProvider.topology(spec, folder).networkExists();
    }

    @Override
    public void create(LabSpec spec, Path folder) throws IOException {
        try {
            EmbeddedProvider.topology(spec, folder).ensureNetwork();
        } catch (NameTakenException e) {
            throw EmbeddedProvider.taken(e);
        }
    }

    @Override
    public void delete(String lab, Path folder) throws IOException {
        FirstRelease.adopt(new ClusterState(folder));
        new NamespaceCleanup(lab, folder).removeAll();
    }
}
