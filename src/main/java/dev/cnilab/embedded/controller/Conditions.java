package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import java.time.Instant;

/** Writes {@code status.conditions}: one entry per type, with the time of its last change. */
public final class Conditions {

    private Conditions() {}

    /**
     * Sets a condition in a mutable object.
     *
     * @param status True, False or Unknown
     */
    public static void set(
            ObjectNode object, String type, String status, String reason, String message) {
        ArrayNode conditions = object.withObject("/status").withArrayProperty("conditions");
        ObjectNode condition = find(conditions, type);
        if (!condition.path("status").asText().equals(status)) {
            condition.put("lastTransitionTime", ObjectMeta.timestamp(Instant.now()));
        }
        condition.put("type", type).put("status", status);
        text(condition, "reason", reason);
        text(condition, "message", message);
    }

    private static ObjectNode find(ArrayNode conditions, String type) {
        for (JsonNode each : conditions) {
            if (each.path("type").asText().equals(type) && each instanceof ObjectNode found) {
                return found;
            }
        }
        return conditions.addObject();
    }

    private static void text(ObjectNode condition, String field, String text) {
        if (text.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, text);
        }
    }
}
