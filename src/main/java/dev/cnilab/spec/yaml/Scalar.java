package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Schemas of single values. */
public final class Scalar {

    private Scalar() {}

    /**
     * Non-empty text.
     *
     * @param expected description, for messages: "an interface name"
     */
    public static Schema<String> text(String expected) {
        return new Plain<>(
                expected,
                Set.of(Tag.STR),
                typed("string").put("minLength", 1),
                text -> Optional.of(text).filter(t -> !t.isBlank()));
    }

    /** Text that matches a regular expression as a whole. */
    public static Schema<String> matching(String regex, String expected) {
        Pattern pattern = Pattern.compile(regex);
        return new Plain<>(
                expected,
                Set.of(Tag.STR),
                typed("string").put("pattern", "^(" + regex + ")$"),
                text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()));
    }

    /** Text, or a number or boolean as it is written. */
    public static Schema<String> anything(String expected) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add("string").add("number").add("boolean");
        return new Plain<>(
                expected, Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL), schema, Optional::of);
    }

    /** A decimal integer in that range. */
    public static Schema<Long> integer(long least, long most) {
        return new Plain<>(
                "an integer of " + least + " to " + most,
                Set.of(Tag.INT),
                typed("integer").put("minimum", least).put("maximum", most),
                text -> decimal(text).filter(n -> n >= least && n <= most));
    }

    public static Schema<Boolean> truth() {
        return new Plain<>(
                "true or false",
                Set.of(Tag.BOOL),
                typed("boolean"),
                text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    /**
     * One of several words.
     *
     * @param word returns how a choice is written
     */
    public static <T> Schema<T> choice(List<T> choices, Function<T, String> word) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode words = schema.putArray("enum");
        choices.forEach(choice -> words.add(word.apply(choice)));
        return new Plain<>(
                "one of " + String.join(", ", choices.stream().map(word).toList()),
                Set.of(Tag.STR),
                schema,
                text -> choices.stream().filter(c -> word.apply(c).equals(text)).findFirst());
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static Optional<Long> decimal(String text) {
        // YAML also has 0x10, 0b1, 1_000 and 010, which users rarely intend.
        return text.matches("0|-?[1-9][0-9]{0,17}")
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }

    private record Plain<T>(
            String expected, Set<Tag> tags, ObjectNode model, Function<String, Optional<T>> parse)
            implements Schema<T> {

        @Override
        public Optional<T> read(Node node, String path, Problems problems) {
            Optional<T> value =
                    node instanceof ScalarNode scalar && tags.contains(scalar.getTag())
                            ? parse.apply(scalar.getValue())
                            : Optional.empty();
            if (value.isEmpty()) {
                String message =
                        "expected " + expected + ", found " + NodeDescription.describe(node);
                problems.add(node.getStartMark(), path, message, hint(node));
            }
            return value;
        }

        @Override
        public ObjectNode schema() {
            return model.deepCopy();
        }

        private String hint(Node node) {
            if (node instanceof ScalarNode scalar && model.has("enum")) {
                List<String> words = model.get("enum").valueStream().map(w -> w.asText()).toList();
                return Suggestions.to(scalar.getValue(), words)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("");
            }
            boolean unquoted =
                    node instanceof ScalarNode scalar
                            && scalar.isPlain()
                            && !scalar.getTag().equals(Tag.NULL)
                            && tags.equals(Set.of(Tag.STR))
                            && !scalar.getTag().equals(Tag.STR);
            return unquoted ? "put it in quotes to make it text" : "";
        }
    }
}
