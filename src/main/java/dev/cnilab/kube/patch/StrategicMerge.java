package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' strategic merge patch: a merge patch that knows which lists are maps or sets, with
 * the directives {@code $patch}, {@code $retainKeys} and {@code $deleteFromPrimitiveList}. {@code
 * $setElementOrder} is ignored: new items are appended.
 */
public final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    /** Changes {@code target} and returns it. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        return merge("", target, patch);
    }

    private static ObjectNode merge(String parent, ObjectNode target, ObjectNode patch) {
        switch (patch.path(DIRECTIVE).asText("")) {
            case "replace", "delete" -> target.removeAll();
            default -> {}
        }
        if (patch.get(RETAIN) instanceof ArrayNode names) {
            List<String> retained = new ArrayList<>();
            names.forEach(name -> retained.add(name.asText()));
            target.retain(retained);
        }
        for (var field : patch.properties()) {
            String name = field.getKey();
            if (name.startsWith(DELETE_VALUES)) {
                deleteValues(target.path(name.substring(DELETE_VALUES.length())), field.getValue());
            } else if (!name.startsWith("$")) {
                set(parent, target, name, field.getValue());
            }
        }
        return target;
    }

    private static void set(String parent, ObjectNode target, String name, JsonNode value) {
        JsonNode there = target.get(name);
        switch (value) {
            case ObjectNode inner ->
                    target.set(
                            name, merge(name, there instanceof ObjectNode o ? o : object(), inner));
            case ArrayNode items -> {
                ArrayNode into =
                        there instanceof ArrayNode a ? a : JsonNodeFactory.instance.arrayNode();
                target.set(name, list(name, ListKind.of(parent, name), into, items));
            }
            case JsonNode nothing when nothing.isNull() -> target.remove(name);
            case JsonNode simple -> target.set(name, simple);
        }
    }

    private static ArrayNode list(String name, ListKind kind, ArrayNode target, ArrayNode items) {
        return switch (kind) {
            case ListKind.Atomic _ -> items;
            case ListKind.Values _ -> {
                items.forEach(item -> {
                    if (indexOf(target, item) < 0) {
                        target.add(item);
                    }
                });
                yield target;
            }
            case ListKind.Keyed keyed -> {
                items.forEach(item -> item(name, keyed, target, item));
                yield target;
            }
        };
    }

    private static void item(String list, ListKind.Keyed keyed, ArrayNode target, JsonNode item) {
        String directive = item.path(DIRECTIVE).asText("");
        if (directive.equals("replace") && item.size() == 1) {
            target.removeAll();
            return;
        }
        int at = indexOf(target, keyed, item);
        if (directive.equals("delete")) {
            if (at >= 0) {
                target.remove(at);
            }
        } else if (item instanceof ObjectNode patch) {
            ObjectNode into = at >= 0 && target.get(at) instanceof ObjectNode o ? o : object();
            ObjectNode merged = merge(list, into, patch);
            if (at < 0) {
                target.add(merged);
            }
        }
    }

    private static int indexOf(ArrayNode list, ListKind.Keyed keyed, JsonNode item) {
        for (int i = 0; i < list.size(); i++) {
            if (keyed.same(list.get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(ArrayNode list, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static void deleteValues(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            values.forEach(value -> {
                int at = indexOf(array, value);
                if (at >= 0) {
                    array.remove(at);
                }
            });
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
