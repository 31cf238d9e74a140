package dev.cnilab.cluster;

import java.io.IOException;
import java.util.List;

/** The containers that are the nodes. */
@FunctionalInterface
public interface NodeContainers {

    List<NodeContainer> list() throws IOException;
}
