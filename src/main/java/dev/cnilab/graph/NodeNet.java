package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node with its pods.
 *
 * @param pods those with a network of their own
 * @param hostNetworkPods the names of those that use the node's
 */
public record NodeNet(Node node, Netns netns, List<PodNet> pods, List<String> hostNetworkPods) {

    /** Kinds of links that put a header around what is sent through them. */
    private static final Set<String> TUNNELS = Set.of("ipip", "tun", "vxlan", "gre", "wireguard");

    public NodeNet {
        pods = List.copyOf(pods);
        hostNetworkPods = List.copyOf(hostNetworkPods);
    }

    public List<Interfaces.Interface> bridges() {
        return netns.links().stream().filter(link -> link.kind().equals("bridge")).toList();
    }

    /** Those with an address: the module's own tunl0 has none. */
    public List<Interfaces.Interface> tunnels() {
        return netns.links().stream()
                .filter(link -> TUNNELS.contains(link.kind()) && !link.addresses().isEmpty())
                .toList();
    }

    /** The interface with the node's address. */
    public Optional<Interfaces.Interface> external() {
        return netns.holding(node.internalIp().toString());
    }
}
