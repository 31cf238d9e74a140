package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.FieldError;
import dev.cnilab.kube.JsonValues;
import dev.cnilab.kube.LabelSelector;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates objects as Kubernetes' {@code pkg/apis/*}{@code /validation} does, limited to the
 * fields that the embedded cluster reads.
 */
final class Validation {
    private static final Set<String> SERVICE_TYPES =
            Set.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");

    /** The syntax of a label's value. */
    private static final String LABEL = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";

    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final int LONGEST_LABEL = 63;

    /** The mutable fields of a pod's spec. */
    private static final List<String> CHANGEABLE =
            List.of(
                    "activeDeadlineSeconds",
                    "nodeName",
                    "terminationGracePeriodSeconds",
                    "tolerations");

    private final ResourceType type;
    private final List<FieldError> errors = new ArrayList<>();

    private Validation(ResourceType type) {
        this.type = type;
    }

    /**
     * @param before the current object, null for a new one
     * @throws ApiException 422 with all errors
     */
    static void check(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        List<FieldError> errors = errors(type, before, object);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(type, ObjectMeta.name(object), errors);
        }
    }

    static List<FieldError> errors(
            ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        Validation validation = new Validation(type);
        validation.labels(object);
        switch (type) {
            case POD -> validation.pod(before, object);
            case DAEMON_SET, DEPLOYMENT, REPLICA_SET -> validation.workload(before, object);
            case SERVICE -> validation.service(object.path("spec"));
            default -> {}
        }
        return List.copyOf(validation.errors);
    }

    private void labels(ObjectNode object) {
        for (var label : object.path("metadata").path("labels").properties()) {
            String value = label.getValue().asText("");
            if (value.length() > LONGEST_LABEL) {
                errors.add(
                        FieldError.invalid(
                                "metadata.labels",
                                quoted(value),
                                "must be no more than 63 characters"));
            } else if (!LABEL_PATTERN.matcher(value).matches()) {
                errors.add(
                        FieldError.invalid(
                                "metadata.labels",
                                quoted(value),
                                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '"
                                        + LABEL
                                        + "')"));
            }
        }
    }

    private void pod(@Nullable ObjectNode before, ObjectNode pod) {
        PodSpecValidation.check("spec.", pod.path("spec"), false, errors);
        if (before != null && !JsonValues.same(fixed(before), fixed(pod))) {
            errors.add(
                    FieldError.forbidden(
                            "spec",
                            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
        }
    }

    private static JsonNode fixed(ObjectNode pod) {
        JsonNode spec = pod.path("spec").deepCopy();
        if (spec instanceof ObjectNode object) {
            object.remove(CHANGEABLE);
            for (String list : List.of("containers", "initContainers")) {
                for (JsonNode container : object.path(list)) {
                    ((ObjectNode) container).remove(List.of("image", "imagePullPolicy"));
                }
            }
        }
        return spec;
    }

    private void workload(@Nullable ObjectNode before, ObjectNode object) {
        JsonNode spec = object.path("spec");
        JsonNode selector = spec.path("selector");
        JsonNode template = spec.path("template");
        if (selector.isMissingNode() || selector.isNull()) {
            errors.add(FieldError.required("spec.selector", ""));
        } else if (selector.isEmpty()) {
            errors.add(
                    FieldError.invalid(
                            "spec.selector", "{}", "empty selector is invalid for " + type.kind()));
        } else if (!LabelSelector.of(selector).matches(template)) {
            errors.add(
                    FieldError.invalid(
                            "spec.template.metadata.labels",
                            go(template.path("metadata").path("labels")),
                            "`selector` does not match template `labels`"));
        }
        if (before != null && !JsonValues.same(before.path("spec").path("selector"), selector)) {
            errors.add(
                    FieldError.invalid(
                            "spec.selector",
                            "v1.LabelSelector{MatchLabels:%s, MatchExpressions:[]v1.LabelSelectorRequirement(%s)}"
                                    .formatted(
                                            go(selector.path("matchLabels")),
                                            selector.path("matchExpressions").isMissingNode()
                                                    ? "nil"
                                                    : selector.path("matchExpressions")),
                            "field is immutable"));
        }
        PodSpecValidation.check("spec.template.spec.", template.path("spec"), true, errors);
    }

    private void service(JsonNode spec) {
        String kind = spec.path("type").asText("ClusterIP");
        if (!SERVICE_TYPES.contains(kind)) {
            errors.add(FieldError.unsupported("spec.type", kind, SERVICE_TYPES));
        }
        boolean headless = spec.path("clusterIP").asText("").equals("None");
        JsonNode ports = spec.path("ports");
        if (ports.isEmpty() && !headless && !kind.equals("ExternalName")) {
            errors.add(FieldError.required("spec.ports", ""));
        }
        for (int i = 0; i < ports.size(); i++) {
            String path = "spec.ports[" + i + "].";
            if (ports.size() > 1 && ports.get(i).path("name").asText("").isEmpty()) {
                errors.add(FieldError.required(path + "name", ""));
            }
            PodSpecValidation.port(path + "port", ports.get(i).path("port"), errors);
        }
    }

    /** A map as Go prints it. */
    private static String go(JsonNode map) {
        return "map[string]string" + (map.isObject() ? map : "(nil)");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
