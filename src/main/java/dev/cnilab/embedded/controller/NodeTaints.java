package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the {@code NoSchedule} taints that correspond to a node's conditions. */
final class NodeTaints {

    private static final String PREFIX = "node.kubernetes.io/";

    /** The taints of conditions that are problems when True. */
    private static final Map<String, String> PRESSURES =
            Map.of(
                    "MemoryPressure", "memory-pressure",
                    "DiskPressure", "disk-pressure",
                    "PIDPressure", "pid-pressure",
                    "NetworkUnavailable", "network-unavailable");

    private NodeTaints() {}

    /** Applies the taints on admission of a node, so that it never exists without them. */
    static ObjectNode apply(ObjectNode node) {
        Map<String, Boolean> desired = desired(new KubeObject(node));
        ArrayNode taints = JsonNodeFactory.instance.arrayNode();
        for (JsonNode taint : node.path("spec").path("taints")) {
            boolean ours =
                    desired.containsKey(taint.path("key").asText())
                            && taint.path("effect").asText().equals(Taint.NO_SCHEDULE);
            if (!ours) {
                taints.add(taint);
            }
        }
        desired.forEach((key, is) -> {
            if (is) {
                taints.addObject().put("key", key).put("effect", Taint.NO_SCHEDULE);
            }
        });
        if (taints.isEmpty()) {
            node.withObject("/spec").remove("taints");
        } else {
            node.withObject("/spec").set("taints", taints);
        }
        return node;
    }

    private static Map<String, Boolean> desired(KubeObject node) {
        boolean unreachable = false;
        for (JsonNode condition : node.status().path("conditions")) {
            unreachable |=
                    condition.path("type").asText().equals("Ready")
                            && condition.path("status").asText().equals("Unknown");
        }
        Map<String, Boolean> desired = new TreeMap<>();
        desired.put(PREFIX + "unreachable", unreachable);
        desired.put(PREFIX + "not-ready", !unreachable && !node.has("Ready"));
        desired.put(PREFIX + "unschedulable", node.spec().path("unschedulable").asBoolean());
        PRESSURES.forEach((condition, taint) -> desired.put(PREFIX + taint, node.has(condition)));
        return desired;
    }
}
