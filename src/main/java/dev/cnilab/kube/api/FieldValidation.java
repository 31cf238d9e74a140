package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.schema.Decoding;
import java.util.List;
import java.util.stream.Collectors;

/** The query parameter {@code fieldValidation}: how unknown fields are handled. */
enum FieldValidation {
    IGNORE,
    WARN,
    STRICT;

    static FieldValidation of(Request request) {
        return switch (request.parameter("fieldValidation").orElse("Warn")) {
            case "Ignore" -> IGNORE;
            case "Warn", "" -> WARN;
            case "Strict" -> STRICT;
            case String other ->
                    throw ApiException.badRequest(
                            "fieldValidation: Unsupported value: \"%s\": supported values: \"Ignore\", \"Strict\", \"Warn\""
                                    .formatted(other));
        };
    }

    /**
     * Removes unknown fields from the object.
     *
     * @return the warnings
     * @throws ApiException 400 for a value of a wrong type, or with {@code Strict} for an unknown
     *     field
     */
    List<String> check(ResourceType type, ObjectNode object) {
        List<String> unknown =
                Decoding.prune(type, object).stream()
                        .map("unknown field \"%s\""::formatted)
                        .toList();
        if (this == STRICT && !unknown.isEmpty()) {
            throw ApiException.badRequest(
                    unknown.stream()
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "%s in version \"%s\" cannot be handled as a %s: strict decoding error: "
                                                    .formatted(
                                                            type.kind(),
                                                            type.version(),
                                                            type.kind()),
                                            "")));
        }
        return this == WARN ? unknown : List.of();
    }
}
