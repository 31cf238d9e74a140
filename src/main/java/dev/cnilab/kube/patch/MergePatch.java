package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON merge patch (RFC 7386): objects are merged, null removes a field, other values replace it.
 */
public final class MergePatch {
    private MergePatch() {}

    /** Changes {@code target} and returns it. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        for (var field : patch.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode inner) {
                ObjectNode into =
                        target.get(name) instanceof ObjectNode there
                                ? there
                                : JsonNodeFactory.instance.objectNode();
                target.set(name, apply(into, inner));
            } else {
                target.set(name, value);
            }
        }
        return target;
    }
}
