package dev.cnilab.embedded.kubelet;

import dev.cnilab.host.NetNamespace;

/**
 * The sandbox of a pod's containers.
 *
 * @param id the container ID passed to CNI plugins
 * @param network the pod's own namespace, or the node's with {@code hostNetwork}
 * @param ip the pod's address
 */
record Sandbox(String id, NetNamespace network, String ip) {}
