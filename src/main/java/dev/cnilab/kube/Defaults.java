package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The API server's defaults for absent fields (Kubernetes' {@code pkg/apis/*}{@code
 * /v1/defaults.go}), limited to the fields that the embedded cluster reads.
 */
public final class Defaults {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * A field, steps joined by dots with {@code []} for each item of a list, and its value,
     * computed from the object that holds it.
     */
    private record Rule(List<String> path, Function<ObjectNode, JsonNode> value) {}

    private static final List<Rule> POD_SPEC =
            List.of(
                    rule("restartPolicy", "Always"),
                    rule("dnsPolicy", "ClusterFirst"),
                    rule("schedulerName", "default-scheduler"),
                    rule("terminationGracePeriodSeconds", 30),
                    rule("containers[].imagePullPolicy", Defaults::pullPolicy),
                    rule("securityContext", _ -> JSON.objectNode()),
                    rule("containers[].resources", _ -> JSON.objectNode()),
                    rule("containers[].terminationMessagePath", "/dev/termination-log"),
                    rule("containers[].terminationMessagePolicy", "File"),
                    rule("containers[].ports[].protocol", "TCP"),
                    rule("initContainers[].imagePullPolicy", Defaults::pullPolicy),
                    rule("initContainers[].terminationMessagePath", "/dev/termination-log"));

    private static final Map<ResourceType, List<Rule>> RULES =
            Map.of(
                    ResourceType.NAMESPACE, List.of(rule("status.phase", "Active")),
                    ResourceType.POD, List.of(rule("status.phase", "Pending")),
                    ResourceType.SECRET, List.of(rule("type", "Opaque")),
                    ResourceType.SERVICE,
                            List.of(
                                    rule("spec.type", "ClusterIP"),
                                    rule("spec.sessionAffinity", "None"),
                                    rule("spec.internalTrafficPolicy", "Cluster"),
                                    rule("spec.externalTrafficPolicy", Defaults::fromOutside),
                                    rule("spec.ports[].protocol", "TCP"),
                                    rule("spec.ports[].targetPort", port -> port.path("port"))),
                    ResourceType.DAEMON_SET,
                            List.of(
                                    rule("spec.revisionHistoryLimit", 10),
                                    rule("spec.updateStrategy.type", "RollingUpdate")),
                    ResourceType.DEPLOYMENT,
                            List.of(
                                    rule("spec.replicas", 1),
                                    rule("spec.revisionHistoryLimit", 10),
                                    rule("spec.progressDeadlineSeconds", 600),
                                    rule("spec.strategy.type", "RollingUpdate"),
                                    rule("spec.strategy.rollingUpdate", Defaults::rolling)),
                    ResourceType.REPLICA_SET, List.of(rule("spec.replicas", 1)));

    /** The path of the pod spec in each kind that has one. */
    private static final Map<ResourceType, String> POD_SPECS =
            Map.of(
                    ResourceType.POD, "/spec",
                    ResourceType.DAEMON_SET, "/spec/template/spec",
                    ResourceType.DEPLOYMENT, "/spec/template/spec",
                    ResourceType.REPLICA_SET, "/spec/template/spec");

    private Defaults() {}

    public static void fill(ResourceType type, ObjectNode object) {
        RULES.getOrDefault(type, List.of()).forEach(rule -> fill(object, rule, 0));
        String podSpec = POD_SPECS.get(type);
        if (podSpec != null && object.at(podSpec) instanceof ObjectNode spec) {
            POD_SPEC.forEach(rule -> fill(spec, rule, 0));
        }
    }

    private static void fill(ObjectNode holder, Rule rule, int step) {
        String field = rule.path.get(step);
        if (step == rule.path.size() - 1) {
            JsonNode value = rule.value.apply(holder);
            if (!holder.hasNonNull(field) && !value.isMissingNode()) {
                holder.set(field, value);
            }
        } else if (!field.endsWith("[]")) {
            JsonNode inner = holder.path(field);
            fill(inner instanceof ObjectNode o ? o : holder.putObject(field), rule, step + 1);
        } else if (holder.get(field.substring(0, field.length() - 2)) instanceof ArrayNode items) {
            for (JsonNode item : items) {
                if (item instanceof ObjectNode inner) {
                    fill(inner, rule, step + 1);
                }
            }
        }
    }

    private static Rule rule(String path, Function<ObjectNode, JsonNode> value) {
        return new Rule(List.of(path.split("\\.")), value);
    }

    private static Rule rule(String path, String value) {
        return rule(path, _ -> JSON.textNode(value));
    }

    private static Rule rule(String path, int value) {
        return rule(path, _ -> JSON.numberNode(value));
    }

    private static JsonNode rolling(ObjectNode strategy) {
        return strategy.path("type").asText().equals("RollingUpdate")
                ? JSON.objectNode().put("maxUnavailable", "25%").put("maxSurge", "25%")
                : JSON.missingNode();
    }

    private static JsonNode fromOutside(ObjectNode service) {
        return switch (service.path("type").asText()) {
            case "NodePort", "LoadBalancer" -> JSON.textNode("Cluster");
            default -> JSON.missingNode();
        };
    }

    /** Images tagged {@code latest} are always pulled. */
    private static JsonNode pullPolicy(ObjectNode container) {
        String image = container.path("image").asText();
        String name = image.substring(image.lastIndexOf('/') + 1);
        boolean moving = name.endsWith(":latest") || !name.contains(":") && !name.contains("@");
        return JSON.textNode(moving ? "Always" : "IfNotPresent");
    }
}
