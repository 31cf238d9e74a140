package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.FieldError;
import java.util.List;
import java.util.Set;

/** Validates the security context of a pod or of a container; the field names do not overlap. */
record SecurityContextValidation(List<FieldError> errors) {

    private static final Set<String> SECCOMP_TYPES =
            Set.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final Set<String> PROC_MOUNTS = Set.of("Default", "Unmasked");

    /**
     * @param path of the context: {@code spec.securityContext}
     */
    void check(String path, JsonNode context) {
        for (String field : List.of("runAsUser", "runAsGroup", "fsGroup")) {
            id(path + "." + field, context.path(field));
        }
        JsonNode groups = context.path("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            id(path + ".supplementalGroups[" + i + "]", groups.get(i));
        }
        if (context.hasNonNull("seccompProfile")) {
            seccomp(path + ".seccompProfile", context.path("seccompProfile"));
        }
        String procMount = context.path("procMount").asText("Default");
        if (!PROC_MOUNTS.contains(procMount)) {
            errors.add(FieldError.unsupported(path + ".procMount", procMount, PROC_MOUNTS));
        }
        if (!context.path("allowPrivilegeEscalation").asBoolean(true)) {
            escalation(path, context);
        }
    }

    private void id(String field, JsonNode id) {
        if (id.isNumber() && (id.asLong() < 0 || id.asLong() > Integer.MAX_VALUE)) {
            errors.add(
                    FieldError.invalid(
                            field, id.asText(), "must be between 0 and 2147483647, inclusive"));
        }
    }

    private void seccomp(String path, JsonNode profile) {
        String type = profile.path("type").asText("");
        boolean file = !profile.path("localhostProfile").asText("").isEmpty();
        if (type.isEmpty()) {
            errors.add(
                    FieldError.required(
                            path + ".type", "type is required when seccompProfile is set"));
        } else if (!SECCOMP_TYPES.contains(type)) {
            errors.add(FieldError.unsupported(path + ".type", type, SECCOMP_TYPES));
        } else if (type.equals("Localhost") && !file) {
            errors.add(
                    FieldError.required(
                            path + ".localhostProfile",
                            "must be set when seccomp type is Localhost"));
        } else if (!type.equals("Localhost") && file) {
            errors.add(
                    FieldError.invalid(
                            path + ".localhostProfile",
                            profile.path("localhostProfile").toString(),
                            "can only be set when seccomp type is Localhost"));
        }
    }

    private void escalation(String path, JsonNode context) {
        if (context.path("privileged").asBoolean()) {
            errors.add(
                    FieldError.invalid(
                            path,
                            context.toString(),
                            "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
        }
        if (context.path("capabilities")
                .path("add")
                .valueStream()
                .anyMatch(name -> name.asText().equals("CAP_SYS_ADMIN"))) {
            errors.add(
                    FieldError.invalid(
                            path,
                            context.toString(),
                            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"));
        }
    }
}
