package dev.cnilab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The links of one place, from the JSON of {@code ip -j -d addr show}.
 *
 * @param links as iproute2 writes them
 */
public record Interfaces(List<Interface> links) {

    public Interfaces {
        links = List.copyOf(links);
    }

    /**
     * @param index ifindex in this namespace
     * @param peerIndex ifindex of a veth's peer, in the peer's namespace; 0 for none
     * @param kind "" for a physical one
     * @param mac "" for none, as of a tunnel
     * @param master its bridge, or ""
     * @param addresses IPv4 with prefix length
     * @param local a tunnel's local address, or ""
     */
    public record Interface(
            int index,
            int peerIndex,
            String name,
            String kind,
            int mtu,
            String mac,
            boolean up,
            String master,
            List<String> addresses,
            String local) {

        public Interface {
            addresses = List.copyOf(addresses);
        }
    }

    public static Interfaces parse(JsonNode json) {
        List<Interface> links = new ArrayList<>();
        for (JsonNode link : json) {
            if (link.has("ifname")) {
                links.add(read(link));
            }
        }
        return new Interfaces(links);
    }

    private static Interface read(JsonNode link) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode address : link.path("addr_info")) {
            if (address.path("family").asText().equals("inet")) {
                addresses.add(
                        address.path("local").asText() + "/" + address.path("prefixlen").asInt());
            }
        }
        boolean up = false;
        for (JsonNode flag : link.path("flags")) {
            up |= flag.asText().equals("UP");
        }
        JsonNode info = link.path("linkinfo");
        return new Interface(
                link.path("ifindex").asInt(),
                link.path("link_index").asInt(),
                link.path("ifname").asText(),
                info.path("info_kind").asText(),
                link.path("mtu").asInt(),
                link.path("address").asText(),
                up,
                link.path("master").asText(),
                addresses,
                info.path("info_data").path("local").asText());
    }

    public Optional<Interface> named(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** The interface with that ifindex. */
    public Optional<Interface> numbered(int index) {
        return links.stream().filter(link -> link.index() == index).findFirst();
    }
}
