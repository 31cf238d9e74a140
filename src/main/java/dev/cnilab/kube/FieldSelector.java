package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects objects by fields: {@code spec.nodeName=worker,status.phase!=Running}. Each kind supports
 * a few fields.
 *
 * @param requirements all of which must hold
 */
public record FieldSelector(List<Requirement> requirements) {
    private static final Pattern REQUIREMENT = Pattern.compile("([\\w.\\[\\]/-]+?)(!=|==|=)(.*)");

    /**
     * Fields of every kind; those of each kind are from its AddFieldLabelConversionFunc in
     * Kubernetes.
     */
    private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");

    private static final Map<ResourceType, Set<String>> OF_KIND =
            Map.of(
                    ResourceType.POD,
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
                    ResourceType.NODE,
                    Set.of("spec.unschedulable"),
                    ResourceType.EVENT,
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
                    ResourceType.NAMESPACE,
                    Set.of("status.phase"),
                    ResourceType.SECRET,
                    Set.of("type"),
                    ResourceType.SERVICE,
                    Set.of("spec.clusterIP", "spec.type"),
                    ResourceType.REPLICA_SET,
                    Set.of("status.replicas"));

    /** Values of absent fields that do not default to "". */
    private static final Map<String, String> ABSENT =
            Map.of(
                    "spec.unschedulable", "false",
                    "spec.hostNetwork", "false",
                    "status.replicas", "0");

    /** A field and the value that it must have or must not have. */
    public record Requirement(String field, String value, boolean equal) {
        boolean matches(JsonNode object) {
            JsonNode at = object;
            for (String step : field.equals("source") ? SOURCE : field.split("\\.")) {
                at = at.path(step);
            }
            return at.asText(ABSENT.getOrDefault(field, "")).equals(value) == equal;
        }

        /** An event's {@code source} field, which is an object in its JSON. */
        private static final String[] SOURCE = {"source", "component"};
    }

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * @throws ApiException 400 if it is malformed or names an unsupported field
     */
    public static FieldSelector parse(ResourceType type, String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher matcher = REQUIREMENT.matcher(part.trim());
            if (!matcher.matches()) {
                throw ApiException.badRequest(
                        "invalid field selector: '" + part + "'; can't understand it");
            }
            String field = matcher.group(1);
            if (!COMMON.contains(field) && !OF_KIND.getOrDefault(type, Set.of()).contains(field)) {
                throw ApiException.badRequest("field label not supported: " + field);
            }
            boolean equal = !matcher.group(2).equals("!=");
            requirements.add(new Requirement(field, matcher.group(3), equal));
        }
        return new FieldSelector(requirements);
    }

    public boolean matches(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.matches(object));
    }
}
