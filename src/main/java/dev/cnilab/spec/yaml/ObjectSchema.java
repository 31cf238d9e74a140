package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A mapping with known keys; unknown ones are problems. */
public final class ObjectSchema<T> implements Schema<T> {

    private final Function<Values, T> make;
    private final List<Field<?>> fields;

    private ObjectSchema(Function<Values, T> make, List<Field<?>> fields) {
        this.make = make;
        this.fields = fields;
    }

    /**
     * Creates a schema.
     *
     * @param make builds the value once every field was read
     */
    public static <T> ObjectSchema<T> of(Function<Values, T> make, Field<?>... fields) {
        return new ObjectSchema<>(make, List.of(fields));
    }

    @Override
    public Optional<T> read(Node node, String path, Problems problems) {
        return Mapping.of(node, path, problems)
                .flatMap(mapping -> {
                    reportUnknown(mapping, path, problems);
                    return readFields(mapping, node, path, problems);
                })
                .map(make);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Field<?> field : fields) {
            ObjectNode property = field.schema().schema();
            property.put("description", field.description());
            properties.set(field.name(), property);
            if (field.whenAbsent().isEmpty()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private void reportUnknown(Mapping mapping, String path, Problems problems) {
        List<String> known = fields.stream().map(Field::name).toList();
        mapping.entries()
                .forEach((key, entry) -> {
                    if (!known.contains(key)) {
                        problems.add(
                                entry.getKeyNode().getStartMark(),
                                Mapping.child(path, key),
                                "unknown key " + NodeDescription.quoted(key),
                                Suggestions.hint(key, known));
                    }
                });
    }

    private Optional<Values> readFields(
            Mapping mapping, Node node, String path, Problems problems) {
        Map<Field<?>, Object> values = new HashMap<>();
        for (Field<?> field : fields) {
            NodeTuple entry = mapping.entries().get(field.name());
            Optional<?> value = field.whenAbsent();
            if (entry != null) {
                String child = Mapping.child(path, field.name());
                problems.remember(child, entry.getValueNode().getStartMark());
                value = field.schema().read(entry.getValueNode(), child, problems);
            } else if (value.isEmpty()) {
                problems.add(
                        node.getStartMark(),
                        path,
                        "missing key '" + field.name() + "'",
                        field.description());
            }
            value.ifPresent(v -> values.put(field, v));
        }
        return values.size() == fields.size() ? Optional.of(new Values(values)) : Optional.empty();
    }

    /** The values that were read, by field. */
    public static final class Values {

        private final Map<Field<?>, Object> values;

        private Values(Map<Field<?>, Object> values) {
            this.values = values;
        }

        /** Returns the value of one of the schema's own fields. */
        @SuppressWarnings("unchecked") // stored under the field that read it
        public <V> V get(Field<V> field) {
            Object value = values.get(field);
            if (value == null) {
                throw new IllegalStateException(field.name() + " is not a field of this schema");
            }
            return (V) value;
        }
    }
}
