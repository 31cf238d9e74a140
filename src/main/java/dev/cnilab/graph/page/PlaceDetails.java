package dev.cnilab.graph.page;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.graph.Markup;
import dev.cnilab.graph.Netns;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.NodeRoute;
import dev.cnilab.graph.PodNet;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Topology;
import java.util.Optional;

/** The links and routes of every place, in collapsed sections. */
final class PlaceDetails {

    private PlaceDetails() {}

    static void write(Topology topology, Markup page) {
        page.open("section", "id", "places").element("h2", "Links and routes");
        place("outside: the network of the nodes", topology.outside(), topology, page);
        for (NodeNet node : topology.nodes()) {
            place("node " + node.node().name(), node.netns(), topology, page);
            for (PodNet pod : node.pods()) {
                place("pod " + pod.namespace() + "/" + pod.name(), pod.netns(), topology, page);
            }
        }
        page.close("section").add("\n");
    }

    private static void place(String name, Netns netns, Topology topology, Markup page) {
        page.open("details", "data-place", netns.location().id()).element("summary", name);
        if (!netns.problem().isEmpty()) {
            page.element("p", netns.problem(), "class", "bad");
        }
        page.open("div", "class", "wide").open("table", "class", "links").open("tbody");
        for (Interfaces.Interface link : netns.links()) {
            Port port = new Port(netns.location(), link.name());
            Optional<Port> other =
                    topology.veth(port)
                            .map(veth -> veth.inner().equals(port) ? veth.outer() : veth.inner());
            page.open("tr")
                    .element("th", link.name())
                    .element("td", link.kind())
                    .element("td", String.join(" ", link.addresses()))
                    .element("td", link.mac())
                    .element("td", "mtu " + link.mtu())
                    .element("td", link.up() ? "up" : "DOWN", "class", link.up() ? "" : "bad")
                    .element("td", link.master().isEmpty() ? "" : "on " + link.master())
                    .element("td", other.map(end -> "to " + end.id()).orElse(""))
                    .close("tr");
        }
        page.close("tbody").close("table");
        if (!netns.routes().isEmpty()) {
            page.element(
                    "pre",
                    String.join("\n", netns.routes().stream().map(NodeRoute::toString).toList()));
        }
        page.close("div").close("details").add("\n");
    }
}
