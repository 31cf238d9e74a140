package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a value looks like: reads it, and describes itself as JSON Schema. Both come from the same
 * place, so that they can't differ.
 */
public interface Schema<T> {

    /**
     * Reads a value, reporting everything that is wrong with it.
     *
     * @param path of the value in its document
     * @return empty when a problem was reported
     */
    Optional<T> read(Node node, String path, Problems problems);

    /** A new JSON Schema (draft 2020-12) of what {@link #read} accepts. */
    ObjectNode schema();

    /**
     * The same, converted.
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
