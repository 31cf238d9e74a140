package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node with its pods.
 *
 * @param pods those with a network namespace of their own
 * @param hostNetworkPods names of those in the node's
 */
public record NodeNet(Node node, Netns netns, List<PodNet> pods, List<String> hostNetworkPods) {

    /** Kinds of links that encapsulate packets. */
    private static final Set<String> TUNNELS = Set.of("ipip", "tun", "vxlan", "gre", "wireguard");

    public NodeNet {
        pods = List.copyOf(pods);
        hostNetworkPods = List.copyOf(hostNetworkPods);
    }

    public List<Interfaces.Interface> bridges() {
        return netns.links().stream().filter(link -> link.kind().equals("bridge")).toList();
    }

    /** Returns the tunnel devices with an address, which excludes the ipip module's own tunl0. */
    public List<Interfaces.Interface> tunnels() {
        return netns.links().stream()
                .filter(link -> TUNNELS.contains(link.kind()) && !link.addresses().isEmpty())
                .toList();
    }

    /** Returns the interface with the node's address. */
    public Optional<Interfaces.Interface> external() {
        return netns.holding(node.internalIp().toString());
    }
}
