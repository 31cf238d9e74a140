package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.http.Request;
import java.time.Instant;
import java.util.List;

/** The representations of objects that a client can request by its {@code Accept} header. */
enum View {
    OBJECT {
        @Override
        JsonNode one(ResourceType type, ObjectNode object, Instant now) {
            return object;
        }

        @Override
        ObjectNode list(
                ResourceType type, List<ObjectNode> items, ObjectNode metadata, Instant now) {
            return listOf(type.apiVersion(), type.kind() + "List", items, metadata);
        }
    },
    METADATA {
        @Override
        JsonNode one(ResourceType type, ObjectNode object, Instant now) {
            return Tables.metadataOnly(object);
        }

        @Override
        ObjectNode list(
                ResourceType type, List<ObjectNode> items, ObjectNode metadata, Instant now) {
            List<ObjectNode> partial = items.stream().map(Tables::metadataOnly).toList();
            return listOf("meta.k8s.io/v1", "PartialObjectMetadataList", partial, metadata);
        }
    },
    TABLE {
        @Override
        JsonNode one(ResourceType type, ObjectNode object, Instant now) {
            ObjectNode metadata = JsonNodeFactory.instance.objectNode();
            metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
            return Tables.of(type, List.of(object), metadata, now);
        }

        @Override
        ObjectNode list(
                ResourceType type, List<ObjectNode> items, ObjectNode metadata, Instant now) {
            return Tables.of(type, items, metadata, now);
        }
    };

    abstract JsonNode one(ResourceType type, ObjectNode object, Instant now);

    abstract ObjectNode list(
            ResourceType type, List<ObjectNode> items, ObjectNode metadata, Instant now);

    /**
     * The first accepted representation that is supported.
     *
     * @throws ApiException 406 if only others are accepted, such as protobuf
     */
    static View of(Request request) {
        String accept = request.header("accept");
        for (String range : accept.isBlank() ? new String[] {"*/*"} : accept.split(",")) {
            String compact = range.replace(" ", "");
            boolean json =
                    compact.startsWith("application/json")
                            || compact.startsWith("*/*")
                            || compact.startsWith("application/*");
            if (json && compact.contains("as=Table")) {
                return TABLE;
            }
            if (json && compact.contains("as=PartialObjectMetadata")) {
                return METADATA;
            }
            if (json) {
                return OBJECT;
            }
        }
        throw notAcceptable("application/json");
    }

    static ApiException notAcceptable(String served) {
        return new ApiException(
                406, "NotAcceptable", "only the following media types are accepted: " + served);
    }

    private static ObjectNode listOf(
            String apiVersion, String kind, List<ObjectNode> items, ObjectNode metadata) {
        ObjectNode list =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", kind)
                        .put("apiVersion", apiVersion);
        list.set("metadata", metadata);
        list.putArray("items").addAll(items);
        return list;
    }
}
