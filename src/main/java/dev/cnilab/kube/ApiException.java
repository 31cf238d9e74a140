package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that the API refuses. Unchecked, since it passes through the functions that {@link
 * Store#update} takes; whoever serves a request turns it into a {@code Status} object.
 */
public final class ApiException extends RuntimeException {
    private final int code;
    private final String reason;

    /**
     * @param code the HTTP status, 400 to 599
     * @param reason the machine-readable cause, one of Kubernetes' {@code metav1.StatusReason}
     */
    public ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    public static ApiException notFound(ResourceType type, String name) {
        return new ApiException(
                404, "NotFound", type.qualifiedPlural() + " \"" + name + "\" not found");
    }

    public static ApiException alreadyExists(ResourceType type, String name) {
        return new ApiException(
                409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists");
    }

    public static ApiException conflict(ResourceType type, String name, String why) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(type.qualifiedPlural(), name, why));
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    public static ApiException invalid(ResourceType type, String name, String why) {
        return new ApiException(
                422, "Invalid", "%s \"%s\" is invalid: %s".formatted(type.kind(), name, why));
    }

    /** The state that was asked for is no longer held; the client lists again (410). */
    public static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** The answer's body. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
    }
}
