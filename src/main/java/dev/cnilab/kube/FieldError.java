package dev.cnilab.kube;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A validation error of one field, worded as apimachinery's {@code util/validation/field}.
 *
 * @param field its path: {@code spec.containers[0].name}
 * @param reason one of {@code metav1.CauseType}
 * @param message begins with what the reason means: {@code Required value}
 */
public record FieldError(String field, String reason, String message) {

    public static FieldError required(String field, String why) {
        String message = why.isEmpty() ? "Required value" : "Required value: " + why;
        return new FieldError(field, "FieldValueRequired", message);
    }

    /**
     * @param value as JSON writes it: text in quotes
     */
    public static FieldError invalid(String field, String value, String why) {
        return new FieldError(
                field, "FieldValueInvalid", "Invalid value: %s: %s".formatted(value, why));
    }

    public static FieldError duplicate(String field, String value) {
        return new FieldError(
                field, "FieldValueDuplicate", "Duplicate value: \"%s\"".formatted(value));
    }

    public static FieldError notFound(String field, String value) {
        return new FieldError(field, "FieldValueNotFound", "Not found: \"%s\"".formatted(value));
    }

    public static FieldError forbidden(String field, String why) {
        return new FieldError(field, "FieldValueForbidden", "Forbidden: " + why);
    }

    public static FieldError unsupported(String field, String value, Collection<String> known) {
        String all =
                known.stream().map("\"%s\""::formatted).sorted().collect(Collectors.joining(", "));
        return new FieldError(
                field,
                "FieldValueNotSupported",
                "Unsupported value: \"%s\": supported values: %s".formatted(value, all));
    }

    public static FieldError unknown(String field) {
        return new FieldError(field, "FieldValueInvalid", "unknown field \"%s\"".formatted(field));
    }

    public static FieldError typeInvalid(String field, String why) {
        return new FieldError(field, "FieldValueTypeInvalid", why);
    }

    /** Parses an error's text: {@code spec.ports: Invalid value: 1: why}. */
    public static FieldError parse(String text) {
        String[] parts = text.split(": ", 2);
        return new FieldError(parts[0], "FieldValueInvalid", parts[parts.length - 1]);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
