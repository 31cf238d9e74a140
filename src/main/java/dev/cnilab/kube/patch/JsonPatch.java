package dev.cnilab.kube.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;

/** JSON patch (RFC 6902): operations on paths, each of which must succeed. */
public final class JsonPatch {
    private JsonPatch() {}

    /**
     * Changes {@code target} and returns it.
     *
     * @throws ApiException 422 if an operation cannot be applied to the object, 400 if malformed
     */
    public static ObjectNode apply(ObjectNode target, JsonNode operations) {
        if (!operations.isArray()) {
            throw ApiException.badRequest("a JSON patch is an array of operations");
        }
        for (JsonNode operation : operations) {
            run(target, operation);
        }
        return target;
    }

    private static void run(ObjectNode target, JsonNode operation) {
        JsonPointer path = pointer(operation, "path");
        String op = operation.path("op").asText();
        switch (op) {
            case "add" -> add(target, path, value(operation));
            case "remove" -> remove(target, path);
            case "replace" -> {
                remove(target, path);
                add(target, path, value(operation));
            }
            case "copy" ->
                    add(target, path, existing(target, pointer(operation, "from")).deepCopy());
            case "move" -> {
                JsonPointer from = pointer(operation, "from");
                JsonNode moved = existing(target, from);
                remove(target, from);
                add(target, path, moved);
            }
            case "test" -> {
                if (!target.at(path).equals(value(operation))) {
                    throw refused("testing value " + path + " failed");
                }
            }
            default -> throw ApiException.badRequest("unknown JSON patch operation '" + op + "'");
        }
    }

    private static void add(ObjectNode target, JsonPointer path, JsonNode value) {
        JsonNode parent = parent(target, path);
        String last = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            int index = last.equals("-") ? array.size() : path.last().getMatchingIndex();
            if (index < 0 || index > array.size()) {
                throw refused("add operation does not apply: index out of bounds at " + path);
            }
            array.insert(index, value);
        } else {
            throw refused("add operation does not apply: doc is missing path " + path);
        }
    }

    private static void remove(ObjectNode target, JsonPointer path) {
        existing(target, path);
        switch (parent(target, path)) {
            case ObjectNode object -> object.remove(path.last().getMatchingProperty());
            case ArrayNode array -> array.remove(path.last().getMatchingIndex());
            case JsonNode other -> throw refused("cannot remove from " + other.getNodeType());
        }
    }

    private static JsonNode parent(ObjectNode target, JsonPointer path) {
        if (path.matches()) {
            throw refused("the whole document cannot be the target of an operation");
        }
        return target.at(path.head());
    }

    private static JsonNode existing(ObjectNode target, JsonPointer path) {
        JsonNode node = target.at(path);
        if (node.isMissingNode()) {
            throw refused("remove operation does not apply: doc is missing path " + path);
        }
        return node;
    }

    private static JsonPointer pointer(JsonNode operation, String field) {
        try {
            return JsonPointer.compile(operation.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("malformed " + field + " in a JSON patch operation");
        }
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw ApiException.badRequest("a JSON patch operation lacks its value");
        }
        return value;
    }

    private static ApiException refused(String why) {
        return new ApiException(422, "Invalid", "the server rejected our request: " + why);
    }
}
