package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates the spec of a pod or of a pod template. */
final class PodSpecValidation {
    /** RFC 1123 label. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Set<String> RESTART_POLICIES = Set.of("Always", "Never", "OnFailure");
    private static final int LAST_PORT = 65535;

    private final List<FieldError> errors;
    private final Set<String> volumes = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private PodSpecValidation(List<FieldError> errors) {
        this.errors = errors;
    }

    /**
     * @param path prefix of the field names: {@code spec.}
     * @param alwaysRestarts true for templates of controllers, which allow restartPolicy Always
     *     only
     */
    static void check(String path, JsonNode spec, boolean alwaysRestarts, List<FieldError> errors) {
        PodSpecValidation validation = new PodSpecValidation(errors);
        validation.volumes(path, spec.path("volumes"));
        new SecurityContextValidation(errors)
                .check(path + "securityContext", spec.path("securityContext"));
        validation.containers(path + "initContainers", spec.path("initContainers"));
        if (spec.path("containers").isEmpty()) {
            errors.add(FieldError.required(path + "containers", ""));
        }
        validation.containers(path + "containers", spec.path("containers"));
        String policy = spec.path("restartPolicy").asText("Always");
        Set<String> allowed = alwaysRestarts ? Set.of("Always") : RESTART_POLICIES;
        if (!allowed.contains(policy)) {
            errors.add(FieldError.unsupported(path + "restartPolicy", policy, allowed));
        }
    }

    private void volumes(String path, JsonNode list) {
        for (int i = 0; i < list.size(); i++) {
            String field = path + "volumes[" + i + "].name";
            String name = list.get(i).path("name").asText("");
            name(field, name);
            if (!volumes.add(name)) {
                errors.add(FieldError.duplicate(field, name));
            }
        }
    }

    private void containers(String path, JsonNode list) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode container = list.get(i);
            String at = path + "[" + i + "].";
            String name = container.path("name").asText("");
            name(at + "name", name);
            if (!name.isEmpty() && !names.add(name)) {
                errors.add(FieldError.duplicate(at + "name", name));
            }
            if (container.path("image").asText("").isEmpty()) {
                errors.add(FieldError.required(at + "image", ""));
            }
            JsonNode ports = container.path("ports");
            for (int p = 0; p < ports.size(); p++) {
                String field = at + "ports[" + p + "].containerPort";
                port(field, ports.get(p).path("containerPort"), errors);
            }
            mounts(at, container.path("volumeMounts"));
            new SecurityContextValidation(errors)
                    .check(at + "securityContext", container.path("securityContext"));
        }
    }

    private void mounts(String at, JsonNode mounts) {
        for (int m = 0; m < mounts.size(); m++) {
            String field = at + "volumeMounts[" + m + "].";
            String name = mounts.get(m).path("name").asText("");
            if (name.isEmpty()) {
                errors.add(FieldError.required(field + "name", ""));
            } else if (!volumes.contains(name)) {
                errors.add(FieldError.notFound(field + "name", name));
            }
            if (mounts.get(m).path("mountPath").asText("").isEmpty()) {
                errors.add(FieldError.required(field + "mountPath", ""));
            }
        }
    }

    private void name(String field, String name) {
        if (name.isEmpty()) {
            errors.add(FieldError.required(field, ""));
        } else if (!LABEL.matcher(name).matches()) {
            errors.add(
                    FieldError.invalid(
                            field,
                            '"' + name + '"',
                            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"));
        }
    }

    static void port(String field, JsonNode port, List<FieldError> errors) {
        if (port.isMissingNode()) {
            errors.add(FieldError.required(field, ""));
        } else if (port.asInt() < 1 || port.asInt() > LAST_PORT) {
            errors.add(
                    FieldError.invalid(
                            field, port.asText(), "must be between 1 and 65535, inclusive"));
        }
    }
}
