package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Describes a value: reads it, and generates its JSON Schema. Both come from one definition, so
 * that they cannot differ.
 */
public interface Schema<T> {

    /**
     * Reads a value, and adds all its problems.
     *
     * @param path of the value in its document
     * @return empty when a problem was added
     */
    Optional<T> read(Node node, String path, Problems problems);

    /** Returns a new JSON Schema (draft 2020-12) of the values that {@link #read} accepts. */
    ObjectNode schema();

    /**
     * Returns this schema with a conversion of its values.
     *
     * @param conversion may throw IllegalArgumentException, whose message is reported
     */
    default <U> Schema<U> map(Function<T, U> conversion) {
        Schema<T> original = this;
        return new Schema<>() {
            @Override
            public Optional<U> read(Node node, String path, Problems problems) {
                return original.read(node, path, problems)
                        .flatMap(value -> convert(value, node, path, problems));
            }

            @Override
            public ObjectNode schema() {
                return original.schema();
            }

            private Optional<U> convert(T value, Node node, String path, Problems problems) {
                try {
                    return Optional.of(conversion.apply(value));
                } catch (IllegalArgumentException e) {
                    problems.add(node.getStartMark(), path, String.valueOf(e.getMessage()), "");
                    return Optional.empty();
                }
            }
        };
    }
}
