package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The revision and the start of a list (Kubernetes' "Resource versions" and "Retrieving large
 * results sets in chunks").
 *
 * @param revision the minimum, 0 for any
 * @param exact exactly this revision, not a later one
 * @param after the {@link #key} of the object before the first one; "" for all
 */
record ListPosition(long revision, boolean exact, String after) {

    static ListPosition of(Request request) {
        String version = request.parameter("resourceVersion").orElse("");
        String match = request.parameter("resourceVersionMatch").orElse("");
        String token = request.parameter("continue").orElse("");
        if (!token.isEmpty()) {
            if (!version.isEmpty() && !version.equals("0")) {
                throw ApiException.badRequest(
                        "specifying resource version is not allowed when using continue");
            }
            return of(token);
        }
        if (!match.isEmpty() && version.isEmpty()) {
            throw ApiException.badRequest(
                    "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        return switch (match) {
            case "", "NotOlderThan" -> new ListPosition(number(version), false, "");
            case "Exact" -> {
                if (number(version) == 0) {
                    throw ApiException.badRequest(
                            "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
                }
                yield new ListPosition(number(version), true, "");
            }
            case String other ->
                    throw ApiException.badRequest(
                            "resourceVersionMatch: Unsupported value: \"%s\"".formatted(other));
        };
    }

    private static long number(String version) {
        try {
            return version.isEmpty() ? 0 : Long.parseUnsignedLong(version) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "resourceVersion: Invalid value: \"%s\"".formatted(version));
        }
    }

    private static ListPosition of(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", 2);
            return new ListPosition(Long.parseLong(parts[0]), true, parts[1]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw ApiException.badRequest("continue key is not valid");
        }
    }

    /** The {@code continue} token of the page after this object. */
    static String token(long revision, ObjectNode last) {
        byte[] text = (revision + "\n" + key(last)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    boolean isBefore(ObjectNode object) {
        return key(object).compareTo(after) > 0;
    }

    /** An object's sort key in the store's order; NUL sorts before all characters of names. */
    private static String key(ObjectNode object) {
        return ObjectMeta.namespace(object) + "\0" + ObjectMeta.name(object);
    }
}
