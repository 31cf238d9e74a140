package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A mapping with arbitrary keys.
 *
 * @param key pattern that each whole key must match
 * @param expected description of a key, for messages
 */
public record MapSchema<T>(Pattern key, String expected, Schema<T> value)
        implements Schema<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(Node node, String path, Problems problems) {
        return Mapping.of(node, path, problems)
                .flatMap(mapping -> readEntries(mapping, path, problems));
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("propertyNames").put("pattern", "^(" + key + ")$");
        schema.set("additionalProperties", value.schema());
        return schema;
    }

    private Optional<Map<String, T>> readEntries(Mapping mapping, String path, Problems problems) {
        Map<String, T> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach((name, entry) -> {
                    String child = Mapping.child(path, name);
                    if (!key.matcher(name).matches()) {
                        problems.add(
                                entry.getKeyNode().getStartMark(),
                                child,
                                "expected " + expected + ", found " + NodeDescription.quoted(name),
                                "");
                        return;
                    }
                    problems.remember(child, entry.getValueNode().getStartMark());
                    value.read(entry.getValueNode(), child, problems)
                            .ifPresent(v -> values.put(name, v));
                });
        return values.size() == mapping.entries().size() ? Optional.of(values) : Optional.empty();
    }
}
