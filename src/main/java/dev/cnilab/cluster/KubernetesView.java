package dev.cnilab.cluster;

import dev.cnilab.net.Tunnel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The objects of a cluster. Each answer comes fresh from its Kubernetes API. */
public interface KubernetesView {

    /** Sorted: control planes first, then by name as kind numbers them. */
    List<Node> nodes() throws IOException;

    /** Of all namespaces, sorted by namespace and name. */
    List<Pod> pods() throws IOException;

    List<Service> services() throws IOException;

    /** The tunnel between the nodes; empty before the CNI runs, or where it has none. */
    Optional<Tunnel> tunnel() throws IOException;
}
