package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A mapping with exactly one key, which determines the value's schema.
 *
 * @param choices required fields
 */
public record OneOf<T>(List<Field<? extends T>> choices) implements Schema<T> {

    @Override
    public Optional<T> read(Node node, String path, Problems problems) {
        Optional<Mapping> mapping = Mapping.of(node, path, problems);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        var entries = mapping.get().entries();
        List<String> names = choices.stream().map(Field::name).toList();
        if (entries.size() != 1) {
            String message = "expected exactly one key, found " + entries.size();
            problems.add(node.getStartMark(), path, message, "known: " + String.join(", ", names));
            return Optional.empty();
        }
        var entry = entries.entrySet().iterator().next();
        String child = Mapping.child(path, entry.getKey());
        for (Field<? extends T> choice : choices) {
            if (choice.name().equals(entry.getKey())) {
                Node value = entry.getValue().getValueNode();
                problems.remember(child, value.getStartMark());
                return choice.schema().read(value, child, problems).map(v -> v);
            }
        }
        problems.add(
                entry.getValue().getKeyNode().getStartMark(),
                child,
                "unknown key " + NodeDescription.quoted(entry.getKey()),
                Suggestions.hint(entry.getKey(), names));
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode alternatives = schema.putArray("oneOf");
        for (Field<? extends T> choice : choices) {
            alternatives.add(ObjectSchema.of(values -> values.get(choice), choice).schema());
        }
        return schema;
    }
}
