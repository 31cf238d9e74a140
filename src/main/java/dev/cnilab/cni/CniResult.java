package dev.cnilab.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of ADD, printed in the format of each version of the specification ("ADD Success").
 *
 * @param dns passed through from the configuration
 */
public record CniResult(
        List<Interface> interfaces, List<Ip> ips, List<Route> routes, ObjectNode dns) {

    /**
     * An interface.
     *
     * @param mac null when unknown
     * @param mtu 0 when unknown
     * @param sandbox path of the namespace, empty for an interface of the host
     */
    public record Interface(String name, @Nullable MacAddress mac, int mtu, String sandbox) {}

    /**
     * An address.
     *
     * @param iface index in {@link CniResult#interfaces}, -1 when unknown
     */
    public record Ip(int iface, Ipv4Prefix address, @Nullable Ipv4Address gateway) {}

    /**
     * A route.
     *
     * @param gateway null for that of the address
     */
    public record Route(Ipv4Prefix destination, @Nullable Ipv4Address gateway) {}

    public CniResult {
        interfaces = List.copyOf(interfaces);
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
    }

    public ObjectNode toJson(CniVersion version) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cniVersion", version.toString());
        ArrayNode list = json.putArray("interfaces");
        for (Interface each : interfaces) {
            ObjectNode node = list.addObject().put("name", each.name);
            if (each.mac != null) {
                node.put("mac", each.mac.toString());
            }
            if (each.mtu > 0 && version.atLeast(CniVersion.V1_1_0)) {
                node.put("mtu", each.mtu);
            }
            if (!each.sandbox.isEmpty()) {
                node.put("sandbox", each.sandbox);
            }
        }
        list = json.putArray("ips");
        for (Ip ip : ips) {
            ObjectNode node = list.addObject();
            if (!version.atLeast(CniVersion.V1_0_0)) {
                node.put("version", "4");
            }
            if (ip.iface >= 0) {
                node.put("interface", ip.iface);
            }
            node.put("address", ip.address.toString());
            putAddress(node, "gateway", ip.gateway);
        }
        list = json.putArray("routes");
        for (Route route : routes) {
            ObjectNode node = list.addObject().put("dst", route.destination.toString());
            putAddress(node, "gw", route.gateway);
        }
        json.set("dns", dns);
        return json;
    }

    /**
     * Parses a result of any version, such as {@code prevResult}. IPv6 addresses and routes, which
     * other plugins of a chain may have added, are left out.
     *
     * @throws CniException code 7 when it is invalid
     */
    public static CniResult parse(JsonNode json) throws CniException {
        try {
            List<Interface> interfaces = new ArrayList<>();
            for (JsonNode node : json.path("interfaces")) {
                String mac = node.path("mac").asText();
                interfaces.add(
                        new Interface(
                                node.path("name").asText(),
                                mac.isEmpty() ? null : MacAddress.parse(mac),
                                node.path("mtu").asInt(),
                                node.path("sandbox").asText()));
            }
            List<Ip> ips = new ArrayList<>();
            for (JsonNode node : json.path("ips")) {
                String address = node.path("address").asText();
                if (!address.contains(":")) {
                    ips.add(
                            new Ip(
                                    node.path("interface").asInt(-1),
                                    Ipv4Prefix.parse(address),
                                    address(node.path("gateway"))));
                }
            }
            List<Route> routes = new ArrayList<>();
            for (JsonNode node : json.path("routes")) {
                String destination = node.path("dst").asText();
                if (!destination.contains(":")) {
                    routes.add(new Route(Ipv4Prefix.parse(destination), address(node.path("gw"))));
                }
            }
            ObjectNode dns =
                    json.path("dns") instanceof ObjectNode given
                            ? given
                            : JsonNodeFactory.instance.objectNode();
            return new CniResult(interfaces, ips, routes, dns);
        } catch (IllegalArgumentException e) {
            throw new CniException(
                    CniException.Code.CONFIG, "prevResult is invalid: " + e.getMessage());
        }
    }

    private static @Nullable Ipv4Address address(JsonNode node) {
        return node.asText().isEmpty() ? null : Ipv4Address.parse(node.asText());
    }

    private static void putAddress(ObjectNode node, String key, @Nullable Ipv4Address address) {
        if (address != null) {
            node.put(key, address.toString());
        }
    }
}
