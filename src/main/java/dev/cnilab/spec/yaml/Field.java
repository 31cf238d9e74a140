package dev.cnilab.spec.yaml;

import java.util.Optional;

/**
 * A key of a mapping.
 *
 * @param description one line, for messages and editors
 * @param whenAbsent its default value; empty when it is required
 */
public record Field<T>(String name, Schema<T> schema, String description, Optional<T> whenAbsent) {

    public static <T> Field<T> required(String name, Schema<T> schema, String description) {
        return new Field<>(name, schema, description, Optional.empty());
    }

    public static <T> Field<T> defaulting(
            String name, Schema<T> schema, T whenAbsent, String description) {
        return new Field<>(name, schema, description, Optional.of(whenAbsent));
    }

    public static <T> Field<Optional<T>> optional(
            String name, Schema<T> schema, String description) {
        return new Field<>(
                name, schema.map(Optional::of), description, Optional.of(Optional.empty()));
    }
}
