package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code scale} subresource: current and desired replicas. */
final class Scale {
    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, object.path("metadata").path(field));
        }
        scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt());
        scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt())
                .put("selector", selector(object.path("spec").path("selector")));
        return scale;
    }

    private static String selector(JsonNode selector) {
        return selector.path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    /** Copies the desired replicas and the resourceVersion into the object. */
    static ObjectNode into(ObjectNode object, ObjectNode scale) {
        JsonNode replicas = scale.path("spec").path("replicas");
        if (!replicas.canConvertToInt() || replicas.asInt() < 0) {
            throw ApiException.badRequest("spec.replicas must be a number that is not negative");
        }
        if (object.get("spec") instanceof ObjectNode spec) {
            spec.set("replicas", replicas);
        }
        String version = scale.path("metadata").path("resourceVersion").asText("");
        if (!version.isEmpty() && object.get("metadata") instanceof ObjectNode metadata) {
            metadata.put("resourceVersion", version);
        }
        return object;
    }
}
