package dev.cnilab.verify.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The links of one place, from the JSON of {@code ip -j -d addr show}.
 *
 * @param links as iproute2 writes them
 */
record Interfaces(List<Interface> links) {

    /**
     * @param kind "" for a physical one
     * @param addresses IPv4 with prefix length
     * @param local a tunnel's local address, or ""
     */
    record Interface(
            String name,
            String kind,
            int mtu,
            String mac,
            boolean up,
            List<String> addresses,
            String local) {}

    static Interfaces parse(JsonNode json) {
        List<Interface> links = new ArrayList<>();
        for (JsonNode link : json) {
            List<String> addresses = new ArrayList<>();
            for (JsonNode address : link.path("addr_info")) {
                if (address.path("family").asText().equals("inet")) {
                    addresses.add(
                            address.path("local").asText()
                                    + "/"
                                    + address.path("prefixlen").asInt());
                }
            }
            boolean up = false;
            for (JsonNode flag : link.path("flags")) {
                up |= flag.asText().equals("UP");
            }
            JsonNode info = link.path("linkinfo");
            links.add(
                    new Interface(
                            link.path("ifname").asText(),
                            info.path("info_kind").asText(),
                            link.path("mtu").asInt(),
                            link.path("address").asText(),
                            up,
                            addresses,
                            info.path("info_data").path("local").asText()));
        }
        return new Interfaces(links);
    }

    Optional<Interface> named(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }
}
