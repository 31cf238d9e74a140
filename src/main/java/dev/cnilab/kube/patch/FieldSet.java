package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of an apply, each a path of steps in the format of {@code managedFields} (FieldsV1 of
 * k8s.io/apimachinery): {@code f:name} a field, {@code k:{"name":"x"}} a list's item by its keys,
 * {@code v:x} a value of a set, and {@code .} the item itself.
 */
record FieldSet(Set<List<String>> paths) {
    /** Fields that identify an object; no manager owns them. */
    private static final Set<List<String>> UNOWNED =
            Set.of(
                    List.of("f:apiVersion"),
                    List.of("f:kind"),
                    List.of("f:metadata", "f:name"),
                    List.of("f:metadata", "f:namespace"),
                    List.of("f:metadata", "f:creationTimestamp"));

    static FieldSet of(ObjectNode object) {
        Set<List<String>> paths = new LinkedHashSet<>();
        collect(List.of(), "", object, paths);
        paths.removeAll(UNOWNED);
        return new FieldSet(paths);
    }

    private static void collect(
            List<String> path, String parent, ObjectNode object, Set<List<String>> paths) {
        for (var field : object.properties()) {
            String name = field.getKey();
            List<String> below = append(path, "f:" + name);
            switch (field.getValue()) {
                case ObjectNode inner when !inner.isEmpty() -> collect(below, name, inner, paths);
                case ArrayNode items ->
                        collect(below, name, ListKind.of(parent, name), items, paths);
                case JsonNode _ -> paths.add(below);
            }
        }
    }

    private static void collect(
            List<String> path,
            String name,
            ListKind kind,
            ArrayNode items,
            Set<List<String>> paths) {
        switch (kind) {
            case ListKind.Atomic _ -> paths.add(path);
            case ListKind.Values _ -> items.forEach(item -> paths.add(append(path, "v:" + item)));
            case ListKind.Keyed keyed -> {
                for (JsonNode item : items) {
                    List<String> below = append(path, step(keyed, item));
                    paths.add(append(below, "."));
                    if (item instanceof ObjectNode object) {
                        collect(below, name, object, paths);
                    }
                }
            }
        }
    }

    /** The path step of a keyed list's item. */
    static String step(ListKind.Keyed keyed, JsonNode item) {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keyed.keys().forEach(key -> keys.set(key, keyed.keyOf(item, key)));
        return "k:" + keys;
    }

    static FieldSet fromTree(JsonNode fieldsV1) {
        Set<List<String>> paths = new LinkedHashSet<>();
        read(List.of(), fieldsV1, paths);
        return new FieldSet(paths);
    }

    private static void read(List<String> path, JsonNode tree, Set<List<String>> paths) {
        if (tree.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        for (var field : tree.properties()) {
            read(append(path, field.getKey()), field.getValue(), paths);
        }
    }

    ObjectNode toTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (List<String> path : paths) {
            ObjectNode at = tree;
            for (String step : path) {
                at = at.get(step) instanceof ObjectNode there ? there : at.putObject(step);
            }
        }
        return tree;
    }

    FieldSet minus(Set<List<String>> others) {
        Set<List<String>> left = new LinkedHashSet<>(paths);
        left.removeAll(others);
        return new FieldSet(left);
    }

    /** True if the set has a field at or below the path. */
    boolean touches(List<String> prefix) {
        return paths.stream()
                .anyMatch(path ->
                        path.size() >= prefix.size()
                                && path.subList(0, prefix.size()).equals(prefix));
    }

    boolean sameAs(FieldSet other) {
        return new HashSet<>(paths).equals(new HashSet<>(other.paths));
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
