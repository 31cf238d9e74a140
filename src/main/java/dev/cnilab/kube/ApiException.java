package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An error of the API, with HTTP status and reason. Unchecked, since it passes through the
 * functions that {@link Store#update} takes; the HTTP server turns it into a {@code Status} object.
 */
public final class ApiException extends RuntimeException {
    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    /**
     * @param code the HTTP status, 400 to 599
     * @param reason the machine-readable cause, one of Kubernetes' {@code metav1.StatusReason}
     */
    public ApiException(int code, String reason, String message) {
        this(code, reason, message, JsonNodeFactory.instance.objectNode());
    }

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public static ApiException notFound(ResourceType type, String name) {
        return about(type, name, 404, "NotFound", "%s \"%s\" not found");
    }

    public static ApiException alreadyExists(ResourceType type, String name) {
        return about(type, name, 409, "AlreadyExists", "%s \"%s\" already exists");
    }

    public static ApiException conflict(ResourceType type, String name, String why) {
        String message = "Operation cannot be fulfilled on %s \"%s\": " + why.replace("%", "%%");
        return about(type, name, 409, "Conflict", message);
    }

    public static ApiException forbidden(ResourceType type, String name, String why) {
        return about(type, name, 403, "Forbidden", "%s \"%s\" is forbidden: " + why);
    }

    private static ApiException about(
            ResourceType type, String name, int code, String reason, String message) {
        return new ApiException(
                code,
                reason,
                message.formatted(type.qualifiedPlural(), name),
                details(type.group(), name, type.plural()));
    }

    private static ObjectNode details(String group, String name, String kind) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", name);
        return group.isEmpty()
                ? details.put("kind", kind)
                : details.put("group", group).put("kind", kind);
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    /**
     * @param errors at least one
     */
    public static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
        ObjectNode details = details(type.group(), name, type.kind());
        ArrayNode causes = details.putArray("causes");
        for (FieldError error : errors) {
            causes.addObject()
                    .put("reason", error.reason())
                    .put("message", error.message())
                    .put("field", error.field());
        }
        String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
        String message = errors.size() == 1 ? all : "[" + all + "]";
        return new ApiException(
                422,
                "Invalid",
                "%s%s \"%s\" is invalid: %s"
                        .formatted(
                                type.kind(),
                                type.group().isEmpty() ? "" : "." + type.group(),
                                name,
                                message),
                details);
    }

    /**
     * 410 Expired: the requested revision is no longer in the history; the client has to list
     * again.
     */
    public static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }

    public int code() {
        return code;
    }

    /** The error as a {@code Status} object, the response's body. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .<ObjectNode>set("details", details)
                .put("code", code);
    }
}
