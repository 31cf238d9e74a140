package dev.cnilab.trace.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links, routes and neighbours of one place, as {@code ip} shows them there. */
record LocalNetwork(List<Link> links, List<Route> routes, List<Neigh> neighs) {

    static final LocalNetwork UNKNOWN = new LocalNetwork(List.of(), List.of(), List.of());

    /**
     * @param kind in iproute2's words; "" for a physical one
     * @param master the bridge that it is a port of, or ""
     * @param peerIndex of a veth's other end, in that one's namespace; 0 for other kinds
     */
    record Link(
            int index,
            String name,
            String kind,
            String mac,
            int mtu,
            boolean up,
            String master,
            int peerIndex,
            List<Ipv4Prefix> addresses) {}

    /**
     * @param state REACHABLE, STALE, FAILED, INCOMPLETE, ...
     */
    record Neigh(String line, Ipv4Address address, String device, String mac, String state) {}

    /** Reads the JSON of {@code ip -j -d address show}. */
    static List<Link> links(JsonNode json) {
        List<Link> links = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        json.forEach(link -> names.put(link.path("ifindex").asInt(), name(link)));
        for (JsonNode link : json) {
            List<Ipv4Prefix> addresses = new ArrayList<>();
            for (JsonNode address : link.path("addr_info")) {
                if (address.path("family").asText().equals("inet")) {
                    addresses.add(
                            new Ipv4Prefix(
                                    Ipv4Address.parse(address.path("local").asText()),
                                    address.path("prefixlen").asInt()));
                }
            }
            boolean up = false;
            for (JsonNode flag : link.path("flags")) {
                up |= flag.asText().equals("UP");
            }
            links.add(
                    new Link(
                            link.path("ifindex").asInt(),
                            name(link),
                            link.path("linkinfo").path("info_kind").asText(),
                            link.path("address").asText(),
                            link.path("mtu").asInt(),
                            up,
                            link.path("master").asText(),
                            peer(link, names),
                            addresses));
        }
        return links;
    }

    private static String name(JsonNode link) {
        return link.path("ifname").asText();
    }

    /** In the same namespace iproute2 names the peer; in another it gives the number. */
    private static int peer(JsonNode link, Map<Integer, String> names) {
        String peer = link.path("link").asText();
        return names.entrySet().stream()
                .filter(each -> !peer.isEmpty() && each.getValue().equals(peer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(link.path("link_index").asInt());
    }

    /** Reads the lines of {@code ip neigh show}. */
    static List<Neigh> neighs(String text) {
        List<Neigh> neighs = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +"));
            if (words.getFirst().matches("[0-9.]+")) {
                neighs.add(
                        new Neigh(
                                line.strip(),
                                Ipv4Address.parse(words.getFirst()),
                                Route.after(words, "dev"),
                                Route.after(words, "lladdr"),
                                words.getLast()));
            }
        }
        return neighs;
    }

    Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Whether packets to that address end here. */
    boolean has(Ipv4Address address) {
        return links.stream()
                .flatMap(link -> link.addresses().stream())
                .anyMatch(own -> own.address().equals(address));
    }

    /** The entry that is used for that destination: the longest, then that of least metric. */
    Optional<Route> route(Ipv4Address destination) {
        return Route.best(routes, destination);
    }

    Optional<Neigh> neigh(Ipv4Address address, String device) {
        return neighs.stream()
                .filter(neigh -> neigh.address().equals(address) && neigh.device().equals(device))
                .findFirst();
    }
}
