package dev.cnilab.embedded.kubelet;

import dev.cnilab.host.NetNamespace;

/**
 * Where the containers of one pod run.
 *
 * @param id the container id that CNI plugins are told
 * @param network the pod's own namespace, or the node's with {@code hostNetwork}
 * @param ip the pod's address
 */
record Sandbox(String id, NetNamespace network, String ip) {}
