package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code matchExpressions} or {@code matchFields}. An operator unknown to Kubernetes
 * matches nothing.
 */
record SelectorRequirement(String key, String operator, List<String> values) {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    SelectorRequirement {
        values = List.copyOf(values);
    }

    static List<SelectorRequirement> list(JsonNode expressions) {
        List<SelectorRequirement> requirements = new ArrayList<>();
        for (JsonNode each : expressions) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asText()));
            requirements.add(
                    new SelectorRequirement(
                            each.path("key").asText(), each.path("operator").asText(), values));
        }
        return requirements;
    }

    boolean matches(Map<String, String> labels) {
        String actual = labels.get(key);
        return switch (operator) {
            case "In" -> actual != null && values.contains(actual);
            case "NotIn" -> actual == null || !values.contains(actual);
            case "Exists" -> actual != null;
            case "DoesNotExist" -> actual == null;
            case "Gt" -> comparable(actual) && number(actual) > number(values.getFirst());
            case "Lt" -> comparable(actual) && number(actual) < number(values.getFirst());
            default -> false;
        };
    }

    private boolean comparable(@Nullable String actual) {
        return actual != null
                && INTEGER.matcher(actual).matches()
                && values.size() == 1
                && INTEGER.matcher(values.getFirst()).matches();
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
