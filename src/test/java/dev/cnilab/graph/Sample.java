package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.Tunnels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Topologies of any size, as on the embedded cluster. */
public final class Sample {

    private Sample() {}

    /** Returns a lab with that number of nodes and of pods per node. */
    public static Topology of(int nodes, int podsOnEach) {
        List<Interface> outside = new ArrayList<>();
        outside.add(link(2, 0, "br-kind", "bridge", "", "172.18.0.1/16"));
        List<NodeNet> found = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            outside.add(link(3 + i, 2, "vethac12%04x".formatted(2 + i), "veth", "br-kind"));
            found.add(node(i, nodes, podsOnEach));
        }
        return new Topology(
                "sample",
                Optional.of(Tunnels.IPIP),
                Instant.parse("2026-11-27T18:00:00Z"),
                new Netns(
                        new Place.Outside(),
                        outside,
                        List.of(route("172.18.0.0/16", "", "br-kind")),
                        ""),
                found);
    }

    private static NodeNet node(int index, int nodes, int podCount) {
        String name = "sample-" + (index == 0 ? "control-plane" : "worker" + index);
        List<Interface> links = new ArrayList<>();
        links.add(link(2, 3 + index, "eth0", "veth", "", "172.18.0." + (2 + index) + "/16"));
        links.add(link(3, 0, "flannel.ipip", "ipip", "", "10.244." + index + ".0/32"));
        links.add(link(1000, 0, "tunl0", "ipip", ""));
        links.add(link(4, 0, "cni0", "bridge", "", "10.244." + index + ".1/24"));
        List<NodeRoute> routes = new ArrayList<>();
        routes.add(route("default", "172.18.0.1", "eth0"));
        for (int peer = 0; peer < nodes; peer++) {
            routes.add(
                    peer == index
                            ? route("10.244." + peer + ".0/24", "", "cni0")
                            : route(
                                    "10.244." + peer + ".0/24",
                                    "172.18.0." + (2 + peer),
                                    "flannel.ipip"));
        }
        List<PodNet> pods = new ArrayList<>();
        for (int pod = 0; pod < podCount; pod++) {
            links.add(link(5 + pod, 2, "veth%08x".formatted(index * 256 + pod), "veth", "cni0"));
            pods.add(pod("demo-" + index + "x" + pod, index, pod));
        }
        return new NodeNet(
                new Node(
                        name,
                        index == 0 ? Node.Role.CONTROL_PLANE : Node.Role.WORKER,
                        Ipv4Address.parse("172.18.0." + (2 + index)),
                        Optional.of(Ipv4Prefix.parse("10.244." + index + ".0/24")),
                        true,
                        "v1.27.3",
                        List.of()),
                new Netns(new Place.OnNode(name), links, routes, ""),
                pods,
                List.of("lab-ipip-" + index));
    }

    private static PodNet pod(String name, int node, int pod) {
        String address = "10.244." + node + "." + (2 + pod);
        return new PodNet(
                "default",
                name,
                Optional.of(Ipv4Address.parse(address)),
                new Netns(
                        new Place.InPod("default", name),
                        List.of(link(2, 5 + pod, "eth0", "veth", "", address + "/24")),
                        List.of(route("default", "10.244." + node + ".1", "eth0")),
                        ""));
    }

    private static Interface link(
            int index, int peer, String name, String kind, String master, String... addresses) {
        String mac =
                kind.equals("ipip")
                        ? ""
                        : addresses.length == 0
                                ? "0a:58:00:00:00:01"
                                : MacAddress.of(Ipv4Prefix.parse(addresses[0]).address())
                                        .toString();
        return new Interface(
                index, peer, name, kind, 1480, mac, true, master, List.of(addresses), "");
    }

    private static NodeRoute route(String destination, String gateway, String device) {
        return new NodeRoute(destination, gateway, device, "", "", "", List.of());
    }
}
