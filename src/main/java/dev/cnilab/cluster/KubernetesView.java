package dev.cnilab.cluster;

import dev.cnilab.net.Tunnel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Read access to a cluster's objects. Each call queries the Kubernetes API; nothing is cached. */
public interface KubernetesView {

    /** All nodes, control planes first, then by name in kind's numbering. */
    List<Node> nodes() throws IOException;

    /** The pods of all namespaces, sorted by namespace and name. */
    List<Pod> pods() throws IOException;

    List<Service> services() throws IOException;

    /** The tunnel between the nodes; empty before the CNI runs, or if it uses none. */
    Optional<Tunnel> tunnel() throws IOException;
}
