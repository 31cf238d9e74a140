package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Place;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Formats a topology for a terminal: each place with its links in aligned columns, then its routes
 * as {@code ip route} prints them.
 */
public final class TopologyText {

    private static final String GAP = "  ";

    private final Topology topology;
    private final StringBuilder text = new StringBuilder();

    private TopologyText(Topology topology) {
        this.topology = topology;
    }

    public static String of(Topology topology) {
        return new TopologyText(topology).write();
    }

    private String write() {
        text.append(
                "lab: %s   tunnel: %s   taken: %s%n"
                        .formatted(
                                topology.lab(),
                                topology.driver(),
                                topology.taken().truncatedTo(ChronoUnit.SECONDS)));
        place("outside", "where the nodes' network is", topology.outside(), "");
        for (NodeNet node : topology.nodes()) {
            String role = node.node().role().name().toLowerCase(Locale.ROOT).replace('_', '-');
            place(
                    "node " + node.node().name(),
                    role
                            + ", "
                            + node.node().internalIp()
                            + ", pods "
                            + node.node().podSubnet().map(Object::toString).orElse("<none>")
                            + (node.node().ready() ? "" : ", NotReady"),
                    node.netns(),
                    "");
            for (PodNet pod : node.pods()) {
                place("pod " + pod.namespace() + "/" + pod.name(), "", pod.netns(), "  ");
            }
            if (!node.hostNetworkPods().isEmpty()) {
                text.append("\n  in the node's own network: ")
                        .append(String.join(", ", node.hostNetworkPods()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private void place(String name, String about, Netns netns, String indent) {
        text.append('\n').append(indent).append(name);
        text.append(about.isEmpty() ? "" : " (" + about + ")").append('\n');
        if (!netns.problem().isEmpty()) {
            text.append(indent).append("  not read: ").append(netns.problem()).append('\n');
        }
        List<List<String>> rows = new ArrayList<>();
        for (Interfaces.Interface link : netns.links()) {
            if (!link.name().equals("lo")) {
                rows.add(row(link, netns));
            }
        }
        columns(rows, indent + "  ");
        for (NodeRoute route : netns.routes()) {
            text.append(indent).append("  route ").append(route).append('\n');
        }
    }

    private List<String> row(Interfaces.Interface link, Netns netns) {
        return List.of(
                link.name(),
                link.kind().isEmpty() ? "-" : link.kind(),
                link.addresses().isEmpty() ? "-" : String.join(",", link.addresses()),
                link.mac().contains(":") ? link.mac() : "-",
                "mtu " + link.mtu(),
                joined(link, netns));
    }

    /** Returns the link's bridge or lower device, and its peer. */
    private String joined(Interfaces.Interface link, Netns netns) {
        List<String> words = new ArrayList<>();
        if (!link.up()) {
            words.add("DOWN");
        }
        if (!link.master().isEmpty()) {
            words.add("on " + link.master());
        }
        Port port = new Port(netns.location(), link.name());
        Optional<Port> other =
                topology.veth(port)
                        .map(veth -> veth.inner().equals(port) ? veth.outer() : veth.inner());
        other.ifPresent(end -> words.add("to " + end.link() + at(end, netns)));
        if (!link.local().isEmpty() && !link.local().equals("any")) {
            words.add("local " + link.local());
        }
        return String.join(" ", words);
    }

    private static String at(Port end, Netns here) {
        return switch (end.location()) {
            case Place.InPod in -> " of " + in.pod();
            case Place.OnNode on ->
                    here.location() instanceof Place.Outside ? " of " + on.node() : "";
            case Place.Outside _ -> " outside";
        };
    }

    private void columns(List<List<String>> rows, String indent) {
        int[] widths = new int[6];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
