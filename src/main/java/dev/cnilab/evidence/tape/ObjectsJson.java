package dev.cnilab.evidence.tape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Converts a cluster's objects to JSON and back. Reading throws IllegalArgumentException or
 * DateTimeException for invalid values.
 */
final class ObjectsJson {

    private ObjectsJson() {}

    static ObjectNode of(Node node) {
        ObjectNode json =
                object().put("name", node.name())
                        .put("role", node.role().name())
                        .put("internalIp", node.internalIp().toString())
                        .put("podSubnet", text(node.podSubnet()))
                        .put("ready", node.ready())
                        .put("kubeletVersion", node.kubeletVersion());
        node.taints().forEach(json.putArray("taints")::add);
        return json;
    }

    static Node node(JsonNode json) {
        List<String> taints = new ArrayList<>();
        json.path("taints").forEach(taint -> taints.add(taint.asText()));
        return new Node(
                json.path("name").asText(),
                Node.Role.valueOf(json.path("role").asText()),
                Ipv4Address.parse(json.path("internalIp").asText()),
                present(json.path("podSubnet")).map(Ipv4Prefix::parse),
                json.path("ready").asBoolean(),
                json.path("kubeletVersion").asText(),
                taints);
    }

    static ObjectNode of(Pod pod) {
        ObjectNode json =
                object().put("namespace", pod.namespace())
                        .put("name", pod.name())
                        .put("node", text(pod.node()))
                        .put("ip", text(pod.ip()))
                        .put("hostNetwork", pod.hostNetwork())
                        .put("phase", pod.phase())
                        .put("ready", pod.ready())
                        .put("readyContainers", pod.readyContainers())
                        .put("containers", pod.containers())
                        .put("restarts", pod.restarts())
                        .put("created", pod.created().toString());
        put(pod.labels(), json.putObject("labels"));
        return json.put("reason", pod.reason());
    }

    static Pod pod(JsonNode json) {
        return new Pod(
                json.path("namespace").asText(),
                json.path("name").asText(),
                present(json.path("node")),
                present(json.path("ip")).map(Ipv4Address::parse),
                json.path("hostNetwork").asBoolean(),
                json.path("phase").asText(),
                json.path("ready").asBoolean(),
                json.path("readyContainers").asInt(),
                json.path("containers").asInt(),
                json.path("restarts").asInt(),
                Instant.parse(json.path("created").asText()),
                map(json.path("labels")),
                json.path("reason").asText());
    }

    static ObjectNode of(Service service) {
        ObjectNode json =
                object().put("namespace", service.namespace())
                        .put("name", service.name())
                        .put("type", service.type())
                        .put("clusterIp", text(service.clusterIp()))
                        .put("port", service.port())
                        .put("nodePort", service.nodePort());
        put(service.selector(), json.putObject("selector"));
        return json;
    }

    static Service service(JsonNode json) {
        return new Service(
                json.path("namespace").asText(),
                json.path("name").asText(),
                json.path("type").asText(),
                present(json.path("clusterIp")).map(Ipv4Address::parse),
                json.path("port").asInt(),
                json.path("nodePort").asInt(),
                map(json.path("selector")));
    }

    static ObjectNode of(Tunnel tunnel) {
        return object().put("device", tunnel.device())
                .put("linkKind", tunnel.linkKind())
                .put("driver", tunnel.driver().text())
                .put("encapsulation", tunnel.encapsulation())
                .put("overhead", tunnel.overhead())
                .put("protocol", tunnel.protocol());
    }

    static Tunnel tunnel(JsonNode json) {
        String driver = json.path("driver").asText();
        return new Tunnel(
                json.path("device").asText(),
                json.path("linkKind").asText(),
                TunnelDriver.of(driver)
                        .orElseThrow(() ->
                                new IllegalArgumentException("no tunnel: driver '" + driver + "'")),
                json.path("encapsulation").asText(),
                json.path("overhead").asInt(),
                json.path("protocol").asInt());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty value is "". */
    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static Optional<String> present(JsonNode value) {
        return Optional.of(value.asText()).filter(text -> !text.isEmpty());
    }

    private static void put(Map<String, String> map, ObjectNode json) {
        new TreeMap<>(map).forEach(json::put);
    }

    private static Map<String, String> map(JsonNode json) {
        Map<String, String> map = new TreeMap<>();
        json.properties().forEach(each -> map.put(each.getKey(), each.getValue().asText()));
        return map;
    }
}
