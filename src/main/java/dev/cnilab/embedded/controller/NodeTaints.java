package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the {@code NoSchedule} taints that tell a node's conditions to the scheduler. */
final class NodeTaints {

    private static final String PREFIX = "node.kubernetes.io/";

    /** The conditions whose being True is a taint. */
    private static final Map<String, String> PRESSURES =
            Map.of(
                    "MemoryPressure", "memory-pressure",
                    "DiskPressure", "disk-pressure",
                    "PIDPressure", "pid-pressure",
                    "NetworkUnavailable", "network-unavailable");

    private NodeTaints() {}

    /** Admission of a node: none is ever seen without the taints that it deserves. */
    static ObjectNode apply(ObjectNode node) {
        Map<String, Boolean> wanted = wanted(new KubeObject(node));
        ArrayNode taints = JsonNodeFactory.instance.arrayNode();
        for (JsonNode taint : node.path("spec").path("taints")) {
            boolean ours =
                    wanted.containsKey(taint.path("key").asText())
                            && taint.path("effect").asText().equals(Taint.NO_SCHEDULE);
            if (!ours) {
                taints.add(taint);
            }
        }
        wanted.forEach((key, is) -> {
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

    private static Map<String, Boolean> wanted(KubeObject node) {
        boolean unreachable = false;
        for (JsonNode condition : node.status().path("conditions")) {
            unreachable |=
                    condition.path("type").asText().equals("Ready")
                            && condition.path("status").asText().equals("Unknown");
        }
        Map<String, Boolean> wanted = new TreeMap<>();
        wanted.put(PREFIX + "unreachable", unreachable);
        wanted.put(PREFIX + "not-ready", !unreachable && !node.has("Ready"));
        wanted.put(PREFIX + "unschedulable", node.spec().path("unschedulable").asBoolean());
        PRESSURES.forEach((condition, taint) -> wanted.put(PREFIX + taint, node.has(condition)));
        return wanted;
    }
}
