package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The table cells of nodes. */
final class NodeCells {
    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeCells() {}

    static String status(JsonNode node) {
        String ready = "Unknown";
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                ready = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        boolean cordoned = node.path("spec").path("unschedulable").asBoolean();
        return cordoned ? ready + ",SchedulingDisabled" : ready;
    }

    static String roles(JsonNode node) {
        List<String> roles = new ArrayList<>();
        for (var label : node.path("metadata").path("labels").properties()) {
            if (label.getKey().startsWith(ROLE)) {
                roles.add(label.getKey().substring(ROLE.length()));
            }
        }
        return Cells.list(roles);
    }

    static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asText().equals(type)) {
                return address.path("address").asText();
            }
        }
        return Cells.orNone("");
    }
}
