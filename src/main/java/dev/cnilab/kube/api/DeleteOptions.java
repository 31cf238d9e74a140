package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.http.Request;
import java.util.OptionalLong;

/**
 * The options of a deletion, from the body or the query.
 *
 * @param uid precondition, "" for any
 * @param resourceVersion precondition, "" for any
 */
record DeleteOptions(OptionalLong grace, String uid, String resourceVersion) {

    static DeleteOptions of(Bodies bodies, Request request) {
        JsonNode body =
                request.content().length == 0
                        ? JsonNodeFactory.instance.objectNode()
                        : bodies.object(request);
        JsonNode preconditions = body.path("preconditions");
        return new DeleteOptions(
                grace(body, request),
                preconditions.path("uid").asText(""),
                preconditions.path("resourceVersion").asText(""));
    }

    private static OptionalLong grace(JsonNode body, Request request) {
        String text =
                request.parameter("gracePeriodSeconds")
                        .orElse(body.path("gracePeriodSeconds").asText(""));
        try {
            return text.isEmpty() || text.equals("null")
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("gracePeriodSeconds is not a number: " + text);
        }
    }

    /**
     * @throws ApiException 409 Conflict if the object does not meet the preconditions
     */
    void check(ResourceType type, ObjectNode object) {
        require(type, object, "UID", uid, ObjectMeta.uid(object));
        String version = ObjectMeta.resourceVersion(object);
        require(type, object, "ResourceVersion", resourceVersion, version);
    }

    private static void require(
            ResourceType type, ObjectNode object, String what, String wanted, String there) {
        if (!wanted.isEmpty() && !wanted.equals(there)) {
            throw ApiException.conflict(
                    type,
                    ObjectMeta.name(object),
                    "Precondition failed: %s in precondition: %s, %s in object meta: %s"
                            .formatted(what, wanted, what, there));
        }
    }
}
