package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Resolves the paths of a {@link FieldSet} in an object. */
final class FieldPath {
    private FieldPath() {}

    /** The value at the path, a missing node if absent. */
    static JsonNode find(JsonNode object, List<String> path) {
        JsonNode at = object;
        String parent = "";
        String field = "";
        for (String step : path) {
            if (step.startsWith("f:")) {
                parent = field;
                field = step.substring(2);
                at = at.path(field);
            } else if (!step.equals(".")) {
                int index = indexOf(at, ListKind.of(parent, field), step);
                at = index < 0 ? MissingNode.getInstance() : at.path(index);
            }
        }
        return at;
    }

    /** Removes the field, value or item at the path from the object. */
    static void remove(ObjectNode object, List<String> path) {
        List<String> target = path.getLast().equals(".") ? path.subList(0, path.size() - 1) : path;
        List<String> parent = target.subList(0, target.size() - 1);
        String last = target.getLast();
        switch (find(object, parent)) {
            case ObjectNode fields -> fields.remove(last.substring(2));
            case ArrayNode items -> {
                int index = indexOf(items, kind(parent), last);
                if (index >= 0) {
                    items.remove(index);
                }
            }
            case JsonNode _ -> {}
        }
    }

    private static ListKind kind(List<String> path) {
        List<String> fields =
                path.stream()
                        .filter(step -> step.startsWith("f:"))
                        .map(s -> s.substring(2))
                        .toList();
        String parent = fields.size() < 2 ? "" : fields.get(fields.size() - 2);
        return ListKind.of(parent, fields.getLast());
    }

    private static int indexOf(JsonNode items, ListKind kind, String step) {
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            String name =
                    switch (kind) {
                        case ListKind.Keyed keyed -> FieldSet.step(keyed, item);
                        case ListKind.Values _ -> "v:" + item;
                        case ListKind.Atomic _ -> "";
                    };
            if (name.equals(step)) {
                return i;
            }
        }
        return -1;
    }
}
