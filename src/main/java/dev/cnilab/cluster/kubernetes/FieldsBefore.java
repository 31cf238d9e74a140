package dev.cnilab.cluster.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The values of an object's fields before a manifest that sets them is applied.
 *
 * @param namespace empty for a cluster-scoped object
 * @param patch a merge patch (RFC 7396) that restores the fields; null if the object did not exist
 */
record FieldsBefore(String apiVersion, String kind, String namespace, String name, JsonNode patch) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param object from the manifest
     * @param there the same object in the cluster
     */
    static FieldsBefore of(HasMetadata object, Optional<HasMetadata> there) throws IOException {
        JsonNode patch =
                there.isEmpty()
                        ? JsonNodeFactory.instance.nullNode()
                        : reverse(tree(object), tree(there.get()));
        return new FieldsBefore(
                object.getApiVersion(),
                object.getKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName(),
                patch);
    }

    static String text(List<FieldsBefore> all) throws IOException {
        return JSON.writeValueAsString(all);
    }

    static List<FieldsBefore> parse(String text) throws IOException {
        return JSON.readValue(text, new TypeReference<List<FieldsBefore>>() {});
    }

    void restore(KubernetesClient client) {
        var resource =
                client.resource(
                        new GenericKubernetesResourceBuilder()
                                .withApiVersion(apiVersion)
                                .withKind(kind)
                                .withNewMetadata()
                                .withNamespace(namespace.isEmpty() ? null : namespace)
                                .withName(name)
                                .endMetadata()
                                .build());
        if (patch.isNull()) {
            resource.delete();
        } else {
            resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
        }
    }

    /** Each field of {@code applied} with its value in {@code there}; null if absent there. */
    private static ObjectNode reverse(JsonNode applied, JsonNode there) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            JsonNode now = there.path(field.getKey());
            if (field.getValue().isObject() && now.isObject()) {
                patch.set(field.getKey(), reverse(field.getValue(), now));
            } else {
                patch.set(
                        field.getKey(),
                        now.isMissingNode() ? JsonNodeFactory.instance.nullNode() : now);
            }
        }
        return patch;
    }

    private static JsonNode tree(HasMetadata object) throws IOException {
        return JSON.readTree(Serialization.asJson(object));
    }
}
