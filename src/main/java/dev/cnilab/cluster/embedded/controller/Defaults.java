package dev.cnilab.cluster.embedded.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import java.util.Map;

/**
 * What the API server fills in where an object says nothing. A pattern has an object's shape: its
 * values are the defaults, and an array's one element is for each element there is.
 */
final class Defaults {

    private static final String CONTAINER =
            """
            {"imagePullPolicy": "IfNotPresent", "terminationMessagePath": "/dev/termination-log",
             "terminationMessagePolicy": "File", "ports": [{"protocol": "TCP"}], "resources": {}}
            """;

    private static final String POD_SPEC =
            """
            {"restartPolicy": "Always", "dnsPolicy": "ClusterFirst",
             "terminationGracePeriodSeconds": 30, "schedulerName": "default-scheduler",
             "securityContext": {}, "containers": [%1$s], "initContainers": [%1$s]}
            """
                    .formatted(CONTAINER);

    private static final String TEMPLATE = "\"template\": {\"spec\": %s}".formatted(POD_SPEC);

    private static final Map<ResourceType, JsonNode> PATTERNS =
            Map.of(
                    ResourceType.NAMESPACE,
                    pattern("{\"status\": {\"phase\": \"Active\"}}"),
                    ResourceType.POD,
                    pattern(
                            """
                            {"spec": %s, "status": {"phase": "Pending"}}
                            """
                                    .formatted(POD_SPEC)),
                    ResourceType.SERVICE,
                    pattern(
                            """
                            {"spec": {"type": "ClusterIP", "sessionAffinity": "None",
                              "internalTrafficPolicy": "Cluster", "ports": [{"protocol": "TCP"}]}}
                            """),
                    ResourceType.DAEMON_SET,
                    pattern(
                            """
                            {"spec": {"updateStrategy": {"type": "RollingUpdate"},
                              "revisionHistoryLimit": 10, %s}}
                            """
                                    .formatted(TEMPLATE)),
                    ResourceType.DEPLOYMENT,
                    pattern(
                            """
                            {"spec": {"replicas": 1, "strategy": {"type": "RollingUpdate"},
                              "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600, %s}}
                            """
                                    .formatted(TEMPLATE)),
                    ResourceType.REPLICA_SET,
                    pattern("{\"spec\": {\"replicas\": 1, %s}}".formatted(TEMPLATE)));

    private Defaults() {}

    static Iterable<ResourceType> types() {
        return PATTERNS.keySet();
    }

    /** Admission of the type: fills in the object that it is given. */
    static ObjectNode apply(ResourceType type, ObjectNode object) {
        JsonNode pattern = PATTERNS.get(type);
        if (pattern != null) {
            fill(object, pattern);
        }
        if (type == ResourceType.SERVICE) {
            for (JsonNode port : object.path("spec").path("ports")) {
                if (port instanceof ObjectNode json && !json.hasNonNull("targetPort")) {
                    json.set("targetPort", json.path("port"));
                }
            }
        }
        return object;
    }

    private static void fill(JsonNode node, JsonNode pattern) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : pattern.properties()) {
            JsonNode wanted = field.getValue();
            if (wanted.isArray()) {
                object.path(field.getKey()).forEach(each -> fill(each, wanted.path(0)));
            } else if (wanted.isObject()) {
                if (!object.hasNonNull(field.getKey())) {
                    object.putObject(field.getKey());
                }
                fill(object.path(field.getKey()), wanted);
            } else if (!object.hasNonNull(field.getKey())) {
                object.set(field.getKey(), wanted);
            }
        }
    }

    private static JsonNode pattern(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pattern that is no JSON: " + json, e);
        }
    }
}
