package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats a topology as a flowchart for <a href="https://mermaid.js.org">Mermaid</a>. */
public final class TopologyMermaid {

    private final Topology topology;
    private final StringBuilder text = new StringBuilder();
    private final Map<Port, String> ids = new HashMap<>();

    private TopologyMermaid(Topology topology) {
        this.topology = topology;
    }

    public static String of(Topology topology) {
        return new TopologyMermaid(topology).write();
    }

    private String write() {
        text.append("flowchart TB\n");
        topology.nodes().forEach(this::node);
        topology.segment()
                .ifPresent(bridge -> box("  ", topology.outside(), bridge, "[[", "]]", "network"));
        topology.veths().forEach(this::veth);
        text.append(
                """
                  classDef pod fill:#ddf4ff,stroke:#0969da,color:#1f2328
                  classDef bridge fill:#ffffff,stroke:#57606a,color:#1f2328
                  classDef tunnel fill:#fff8c5,stroke:#9a6700,color:#1f2328
                  classDef external fill:#dafbe1,stroke:#1a7f37,color:#1f2328
                  classDef network fill:#eff2f5,stroke:#57606a,color:#1f2328
                """);
        return text.toString();
    }

    private void node(NodeNet node) {
        String group = "n" + topology.nodes().indexOf(node);
        text.append("  subgraph %s[\"%s\"]%n".formatted(group, escaped(node.node().name())));
        for (PodNet pod : node.pods()) {
            pod.netns()
                    .link("eth0")
                    .ifPresent(eth0 -> {
                        String label = pod.name() + "\n" + label(eth0);
                        line("    ", id(pod.netns(), eth0), "([", label, "])", "pod");
                    });
        }
        node.bridges().forEach(link -> box("    ", node.netns(), link, "[", "]", "bridge"));
        node.tunnels().forEach(link -> box("    ", node.netns(), link, "[/", "/]", "tunnel"));
        node.external()
                .ifPresent(link -> {
                    box("    ", node.netns(), link, "[", "]", "external");
                    String below = id(node.netns(), link);
                    node.tunnels()
                            .forEach(way ->
                                    arrow(
                                            id(node.netns(), way),
                                            below,
                                            topology.encapsulation(way)));
                    for (Interfaces.Interface bridge : node.bridges()) {
                        node.tunnels()
                                .forEach(way ->
                                        arrow(
                                                id(node.netns(), bridge),
                                                id(node.netns(), way),
                                                "route"));
                    }
                });
        text.append("  end\n");
    }

    private void box(
            String indent,
            Netns netns,
            Interfaces.Interface link,
            String open,
            String close,
            String style) {
        line(indent, id(netns, link), open, label(link), close, style);
    }

    private void line(
            String indent, String id, String open, String label, String close, String style) {
        text.append(indent)
                .append(id)
                .append(open)
                .append('"')
                .append(escaped(label))
                .append('"')
                .append(close)
                .append(":::")
                .append(style)
                .append('\n');
    }

    private void arrow(String from, String to, String label) {
        text.append("    %s -. %s .-> %s%n".formatted(from, label, to));
    }

    /** Connects the inner end to the bridge of the outer one. */
    private void veth(Veth veth) {
        netns(veth.outer())
                .flatMap(netns ->
                        netns.link(veth.outer().link())
                                .map(end -> new Port(netns.location(), end.master())))
                .filter(ids::containsKey)
                .filter(_ -> ids.containsKey(veth.inner()))
                .ifPresent(bridge ->
                        text.append("  ")
                                .append(ids.get(veth.inner()))
                                .append(" ---|\"")
                                .append(escaped(veth.outer().link()))
                                .append("\"| ")
                                .append(ids.get(bridge))
                                .append('\n'));
    }

    private Optional<Netns> netns(Port port) {
        return Stream.concat(
                        Stream.of(topology.outside()),
                        topology.nodes().stream().map(NodeNet::netns))
                .filter(netns -> netns.location().equals(port.location()))
                .findFirst();
    }

    private String id(Netns netns, Interfaces.Interface link) {
        return ids.computeIfAbsent(new Port(netns.location(), link.name()), _ -> "l" + ids.size());
    }

    private static String label(Interfaces.Interface link) {
        return link.name()
                + link.addresses().stream()
                        .map(address -> " " + address)
                        .collect(Collectors.joining())
                + (link.mac().contains(":") ? "\n" + link.mac() : "");
    }

    /**
     * Keeps only letters, digits and a few symbols: Mermaid's labels support HTML, links and icons.
     */
    private static String escaped(String label) {
        StringBuilder safe = new StringBuilder();
        label.codePoints()
                .forEach(point -> {
                    if (point == '\n') {
                        safe.append("<br>");
                    } else if (Character.isLetterOrDigit(point) || " .:/-".indexOf(point) >= 0) {
                        safe.appendCodePoint(point);
                    } else {
                        safe.append('#').append(point).append(';');
                    }
                });
        return safe.toString();
    }
}
