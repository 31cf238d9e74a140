package dev.cnilab.cluster;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import java.util.Optional;

/**
 * A node as the Kubernetes API shows it.
 *
 * @param internalIp its address on the nodes' network
 * @param podSubnet its podCIDR; empty until one is assigned
 * @param taints as {@code key=value:effect} or {@code key:effect}
 */
public record Node(
        String name,
        Role role,
        Ipv4Address internalIp,
        Optional<Ipv4Prefix> podSubnet,
        boolean ready,
        String kubeletVersion,
        List<String> taints) {

    /** The roles of nodes, as kind names them. */
    public enum Role {
        CONTROL_PLANE,
        WORKER
    }

    public Node {
        taints = List.copyOf(taints);
    }
}
