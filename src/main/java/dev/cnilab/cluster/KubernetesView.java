package dev.cnilab.cluster;

import java.io.IOException;
import java.util.List;

/** The objects of a cluster. Each answer comes fresh from its Kubernetes API. */
public interface KubernetesView {

    /** Sorted: control planes first, then by name as kind numbers them. */
    List<Node> nodes() throws IOException;

    /** Of all namespaces, sorted by namespace and name. */
    List<Pod> pods() throws IOException;

    List<Service> services() throws IOException;

    /** "flannel.ipip" by the kernel's driver or in user space; empty before the CNI runs. */
    String tunnel() throws IOException;
}
