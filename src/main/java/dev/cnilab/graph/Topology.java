package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.net.Tunnel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A snapshot of a lab's network.
 *
 * @param tunnel between the nodes; empty without one
 * @param outside the namespace of the bridge that connects the nodes
 */
public record Topology(
        String lab, Optional<Tunnel> tunnel, Instant taken, Netns outside, List<NodeNet> nodes) {

    public Topology {
        nodes = List.copyOf(nodes);
    }

    /** What carries the tunnel's packets: kernel, user space, none. */
    public String driver() {
        return tunnel.map(each -> each.driver().text()).orElse("none");
    }

    /** What people call that which leaves by a tunnel device: its kind for one made by hand. */
    String encapsulation(Interfaces.Interface device) {
        return tunnel.filter(each -> each.device().equals(device.name()))
                .map(Tunnel::encapsulation)
                .orElse(device.kind());
    }

    /**
     * Returns a copy whose outside has only the interfaces that connect the nodes. On kind, outside
     * is the user's machine, whose other interfaces are private.
     */
    Topology withoutOtherInterfaces() {
        Set<String> kept = new HashSet<>();
        for (NodeNet node : nodes) {
            for (Veth veth : pairs(node.netns(), outside)) {
                kept.add(veth.outer().link());
                outside.link(veth.outer().link())
                        .map(Interfaces.Interface::master)
                        .ifPresent(kept::add);
            }
        }
        Netns own =
                new Netns(
                        outside.location(),
                        outside.links().stream()
                                .filter(link -> kept.contains(link.name()))
                                .toList(),
                        outside.routes().stream()
                                .filter(route -> kept.contains(route.device()))
                                .toList(),
                        outside.problem());
        return new Topology(lab, tunnel, taken, own, nodes);
    }

    /** Returns every veth pair whose ends were both found: those of pods, then those of nodes. */
    public List<Veth> veths() {
        List<Veth> veths = new ArrayList<>();
        for (NodeNet node : nodes) {
            for (PodNet pod : node.pods()) {
                veths.addAll(pairs(pod.netns(), node.netns()));
            }
        }
        for (NodeNet node : nodes) {
            veths.addAll(pairs(node.netns(), outside));
        }
        return veths;
    }

    /** Returns the pair to which this port belongs. */
    public Optional<Veth> veth(Port port) {
        return veths().stream()
                .filter(veth -> veth.inner().equals(port) || veth.outer().equals(port))
                .findFirst();
    }

    /** Returns the bridge that connects the nodes; empty when no node's peer was found outside. */
    public Optional<Interfaces.Interface> segment() {
        return outside.links().stream()
                .filter(link -> link.kind().equals("bridge"))
                .filter(bridge ->
                        nodes.stream()
                                .flatMap(node -> pairs(node.netns(), outside).stream())
                                .flatMap(veth -> outside.link(veth.outer().link()).stream())
                                .anyMatch(port -> port.master().equals(bridge.name())))
                .findFirst();
    }

    /** Matches pairs by both interface indexes: one of them alone may match by coincidence. */
    private static List<Veth> pairs(Netns inner, Netns outer) {
        List<Veth> veths = new ArrayList<>();
        for (Interfaces.Interface end : inner.links()) {
            outer.links().stream()
                    .filter(other -> end.kind().equals("veth") && other.kind().equals("veth"))
                    .filter(other -> end.peerIndex() == other.index())
                    .filter(other -> other.peerIndex() == end.index())
                    .findFirst()
                    .ifPresent(other ->
                            veths.add(
                                    new Veth(
                                            new Port(inner.location(), end.name()),
                                            new Port(outer.location(), other.name()))));
        }
        return veths;
    }
}
