package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses objects by fields: {@code spec.nodeName=worker,status.phase!=Running}. Any field can be
 * named; the real API server knows a few of each kind.
 *
 * @param requirements all of which must hold
 */
public record FieldSelector(List<Requirement> requirements) {
    private static final Pattern REQUIREMENT = Pattern.compile("([\\w.\\[\\]/-]+?)(!=|==|=)(.*)");

    /** A field, absent ones being "", and the value that it must have or must not have. */
    public record Requirement(List<String> path, String value, boolean equal) {
        boolean matches(JsonNode object) {
            JsonNode field = object;
            for (String step : path) {
                field = field.path(step);
            }
            return field.asText("").equals(value) == equal;
        }
    }

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * @throws ApiException 400 where it is malformed
     */
    public static FieldSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher matcher = REQUIREMENT.matcher(part.trim());
            if (!matcher.matches()) {
                throw ApiException.badRequest(
                        "invalid field selector: '" + part + "'; can't understand it");
            }
            requirements.add(
                    new Requirement(
                            List.of(matcher.group(1).split("\\.")),
                            matcher.group(3),
                            !matcher.group(2).equals("!=")));
        }
        return new FieldSelector(requirements);
    }

    public boolean matches(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.matches(object));
    }
}
