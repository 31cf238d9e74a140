package dev.cnilab.cluster.kind;

import dev.cnilab.cluster.docker.Containers;
import dev.cnilab.cluster.docker.DockerEngine;
import dev.cnilab.cluster.docker.NodeContainer;
import java.io.IOException;
import java.util.List;

/** The containers that are the nodes of one kind cluster. */
record KindNodes(DockerEngine engine, String cluster) {

    /** kind's own label. */
    private static final String LABEL = "io.x-k8s.kind.cluster";

    List<NodeContainer> list() throws IOException {
        return engine.containers().labelled(LABEL, cluster);
    }

    /** As kind does: killed and removed, with their volumes. Repeatable. */
    void remove() throws IOException {
        Containers containers = engine.containers();
        for (NodeContainer node : list()) {
            containers.remove(node);
        }
    }
}
