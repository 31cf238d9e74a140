package dev.cnilab.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Node;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;

/** Converts a plan to and from JSON, with addresses in their usual notation. */
final class PlanJson {

    private PlanJson() {}

    static ObjectNode of(ClusterPlan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lab", plan.lab())
                .put("gateway4", plan.gateway4().toString())
                .put("gateway6", plan.gateway6().toString())
                .put("podSubnet", plan.podSubnet().toString())
                .put("serviceSubnet", plan.serviceSubnet().toString())
                .put("version", plan.version())
                .put("recorderNode", plan.recorderNode())
                .put("recorderFile", plan.recorderFile());
        for (NodePlan node : plan.nodes()) {
            json.withArrayProperty("nodes")
                    .addObject()
                    .put("name", node.name())
                    .put("role", node.role().name())
                    .put("ipv4", node.ipv4().toString())
                    .put("ipv6", node.ipv6().toString());
        }
        return json;
    }

    static ClusterPlan parse(JsonNode json) {
        return new ClusterPlan(
                json.path("lab").asText(),
                Ipv4Prefix.parse(json.path("gateway4").asText()),
                Ipv6Prefix.parse(json.path("gateway6").asText()),
                Ipv4Prefix.parse(json.path("podSubnet").asText()),
                Ipv4Prefix.parse(json.path("serviceSubnet").asText()),
                json.path("version").asText(),
                json.path("recorderNode").asText(),
                json.path("recorderFile").asText(),
                json.path("nodes").valueStream().map(PlanJson::node).toList());
    }

    private static NodePlan node(JsonNode json) {
        return new NodePlan(
                json.path("name").asText(),
                Node.Role.valueOf(json.path("role").asText()),
                Ipv4Prefix.parse(json.path("ipv4").asText()),
                Ipv6Prefix.parse(json.path("ipv6").asText()));
    }
}
