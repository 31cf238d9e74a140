package dev.cnilab.spec.yaml;

import java.util.Optional;

/**
 * A key of a mapping.
 *
 * @param description one line, for messages and editors
 * @param whenAbsent its value where it is left out; empty: it may not be left out
 */
public record Field<T>(String name, Schema<T> shape, String description, Optional<T> whenAbsent) {

    public static <T> Field<T> required(String name, Schema<T> shape, String description) {
        return new Field<>(name, shape, description, Optional.empty());
    }

    public static <T> Field<T> defaulting(
            String name, Schema<T> shape, T whenAbsent, String description) {
        return new Field<>(name, shape, description, Optional.of(whenAbsent));
    }

    public static <T> Field<Optional<T>> optional(
            String name, Schema<T> shape, String description) {
        return new Field<>(
                name, shape.map(Optional::of), description, Optional.of(Optional.empty()));
    }
}
