package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects objects by their labels; an empty selector matches everything.
 *
 * @param requirements all of which must hold
 */
public record LabelSelector(List<Requirement> requirements) {

    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final String VALUE = "([-A-Za-z0-9_.]*)";
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*" + VALUE);
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*" + KEY);

    /** A comma outside of parentheses. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

    /** How a label's value is compared; the words are those of {@code matchExpressions}. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST;

        private static Operator of(String word) {
            return switch (word) {
                case "In" -> IN;
                case "NotIn" -> NOT_IN;
                case "Exists" -> EXISTS;
                case "DoesNotExist" -> DOES_NOT_EXIST;
                default ->
                        throw ApiException.badRequest(
                                "\"" + word + "\" is not a valid label selector operator");
            };
        }
    }

    /** One condition on one label. As in Kubernetes, {@code NOT_IN} holds where it is absent. */
    public record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(JsonNode labels) {
            JsonNode label = labels.path(key);
            boolean present = label.isTextual();
            return switch (operator) {
                case IN -> present && values.contains(label.asText());
                case NOT_IN -> !present || !values.contains(label.asText());
                case EXISTS -> present;
                case DOES_NOT_EXIST -> !present;
            };
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a query's {@code labelSelector}: {@code app=demo,tier in (a, b),!old}.
     *
     * @throws ApiException 400 where it is malformed
     */
    public static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : SEPARATOR.split(text, -1)) {
            requirements.add(requirement(part.trim()));
        }
        return new LabelSelector(requirements);
    }

    private static Requirement requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = new TreeSet<>();
            for (String value : set.group(3).split(",", -1)) {
                values.add(value.trim());
            }
            Operator operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            return new Requirement(set.group(1), operator, values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            Operator operator = equality.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(equality.group(1), operator, Set.of(equality.group(3)));
        }
        Matcher existence = EXISTENCE.matcher(part);
        if (existence.matches()) {
            Operator operator =
                    existence.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
            return new Requirement(existence.group(2), operator, Set.of());
        }
        throw ApiException.badRequest("unable to parse requirement: '" + part + "'");
    }

    /**
     * Reads the {@code selector} of an object's spec: {@code matchLabels} and {@code
     * matchExpressions}, or, of a Service, the labels themselves. An empty one matches everything;
     * callers handle a Service without selector, which selects no pod.
     */
    public static LabelSelector of(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        JsonNode labels = structured ? selector.path("matchLabels") : selector;
        for (var label : labels.properties()) {
            Set<String> value = Set.of(label.getValue().asText());
            requirements.add(new Requirement(label.getKey(), Operator.IN, value));
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            Set<String> values = new TreeSet<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            Operator operator = Operator.of(expression.path("operator").asText());
            requirements.add(new Requirement(expression.path("key").asText(), operator, values));
        }
        return new LabelSelector(requirements);
    }

    public boolean matches(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
