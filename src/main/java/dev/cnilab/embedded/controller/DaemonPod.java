package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The properties of a DaemonSet's pod: it is pinned to one node, and tolerates the node's
 * conditions.
 */
final class DaemonPod {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private DaemonPod() {}

    /** Pins the pod to this node by node affinity, as the real controller does. */
    static void pin(ObjectNode pod, KubeObject node) {
        ObjectNode spec = tolerant(pod.path("spec"));
        ObjectNode affinity = spec.withObject("/affinity").withObject("/nodeAffinity");
        affinity.putObject(REQUIRED)
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject()
                .put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(node.name());
    }

    /** Returns the node to which the pod is bound or pinned, "" for other pods. */
    static String target(KubeObject pod) {
        String bound = pod.spec().path("nodeName").asText();
        if (!bound.isEmpty()) {
            return bound;
        }
        return pod.spec()
                .path("affinity")
                .path("nodeAffinity")
                .path(REQUIRED)
                .at("/nodeSelectorTerms/0/matchFields/0/values/0")
                .asText();
    }

    /** Adds the tolerations that all pods of DaemonSets have to a pod's spec. */
    static ObjectNode tolerant(JsonNode podSpec) {
        if (!(podSpec instanceof ObjectNode spec)) {
            throw new IllegalArgumentException("a pod template without spec");
        }
        ArrayNode tolerations = spec.withArrayProperty("tolerations");
        tolerate(tolerations, "not-ready", Taint.NO_EXECUTE);
        tolerate(tolerations, "unreachable", Taint.NO_EXECUTE);
        tolerate(tolerations, "disk-pressure", Taint.NO_SCHEDULE);
        tolerate(tolerations, "memory-pressure", Taint.NO_SCHEDULE);
        tolerate(tolerations, "pid-pressure", Taint.NO_SCHEDULE);
        tolerate(tolerations, "unschedulable", Taint.NO_SCHEDULE);
        if (spec.path("hostNetwork").asBoolean()) {
            tolerate(tolerations, "network-unavailable", Taint.NO_SCHEDULE);
        }
        return spec;
    }

    private static void tolerate(ArrayNode tolerations, String taint, String effect) {
        tolerations
                .addObject()
                .put("key", "node.kubernetes.io/" + taint)
                .put("operator", "Exists")
                .put("effect", effect);
    }
}
