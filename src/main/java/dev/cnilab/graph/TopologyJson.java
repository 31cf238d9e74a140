package dev.cnilab.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Interfaces;
import java.util.Locale;

/** Formats a topology as JSON. */
public final class TopologyJson {

    private TopologyJson() {}

    public static ObjectNode of(Topology topology) {
        ObjectNode document =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("lab", topology.lab())
                        .put(
                                "tunnel",
                                topology.tunnel().map(each -> each.driver().text()).orElse(""))
                        .put("taken", topology.taken().toString());
        add(topology.outside(), document.putObject("outside"));
        ArrayNode nodes = document.putArray("nodes");
        topology.nodes().forEach(node -> add(node, nodes.addObject()));
        ArrayNode veths = document.putArray("veths");
        for (Veth veth : topology.veths()) {
            ObjectNode pair = veths.addObject();
            add(veth.inner(), pair.putObject("inner"));
            add(veth.outer(), pair.putObject("outer"));
        }
        return document;
    }

    private static void add(NodeNet node, ObjectNode json) {
        json.put("name", node.node().name())
                .put("role", node.node().role().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("ready", node.node().ready())
                .put("internalIp", node.node().internalIp().toString())
                .put("podSubnet", node.node().podSubnet().map(Object::toString).orElse(null));
        add(node.netns(), json);
        ArrayNode pods = json.putArray("pods");
        for (PodNet pod : node.pods()) {
            ObjectNode own = pods.addObject();
            own.put("namespace", pod.namespace())
                    .put("name", pod.name())
                    .put("ip", pod.address().map(Object::toString).orElse(null));
            add(pod.netns(), own);
        }
        ArrayNode guests = json.putArray("hostNetworkPods");
        node.hostNetworkPods().forEach(guests::add);
    }

    private static void add(Netns netns, ObjectNode json) {
        json.put("problem", netns.problem());
        ArrayNode links = json.putArray("links");
        for (Interfaces.Interface link : netns.links()) {
            ObjectNode own = links.addObject();
            own.put("index", link.index())
                    .put("name", link.name())
                    .put("kind", link.kind())
                    .put("mac", link.mac())
                    .put("mtu", link.mtu())
                    .put("up", link.up())
                    .put("master", link.master())
                    .put("local", link.local());
            ArrayNode addresses = own.putArray("addresses");
            link.addresses().forEach(addresses::add);
        }
        ArrayNode routes = json.putArray("routes");
        for (NodeRoute route : netns.routes()) {
            routes.addObject()
                    .put("destination", route.destination())
                    .put("gateway", route.gateway())
                    .put("device", route.device())
                    .put("source", route.source())
                    .put("line", route.toString());
        }
    }

    private static void add(Port port, ObjectNode json) {
        json.put("place", port.location().id()).put("link", port.link());
    }
}
