package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A read-only view of the parts common to API objects of every kind. */
record KubeObject(ObjectNode json) {

    static List<KubeObject> list(Store store, ResourceType type) {
        return store.list(type).stream().map(KubeObject::new).toList();
    }

    String name() {
        return ObjectMeta.name(json);
    }

    /** Returns the namespace; "" for a cluster-scoped object. */
    String namespace() {
        return ObjectMeta.namespace(json);
    }

    String uid() {
        return ObjectMeta.uid(json);
    }

    /** Returns the creation time in RFC 3339 and UTC, whose text sorts by time. */
    String created() {
        return metadata().path("creationTimestamp").asText();
    }

    long generation() {
        return metadata().path("generation").asLong();
    }

    Map<String, String> labels() {
        return strings(metadata().path("labels"));
    }

    String annotation(String key) {
        return metadata().path("annotations").path(key).asText();
    }

    JsonNode spec() {
        return json.path("spec");
    }

    JsonNode status() {
        return json.path("status");
    }

    /** Checks whether the object is being deleted. */
    boolean terminating() {
        return ObjectMeta.deleting(json);
    }

    /** Returns the reference to the controller that owns this object. */
    Optional<JsonNode> controller() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** Returns the entry in {@code metadata.ownerReferences} of objects that this one controls. */
    ObjectNode asController() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", json.path("apiVersion").asText())
                .put("kind", json.path("kind").asText())
                .put("name", name())
                .put("uid", uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    boolean controlledBy(KubeObject owner) {
        return controller().filter(c -> c.path("uid").asText().equals(owner.uid())).isPresent();
    }

    /** Checks whether {@code status.conditions} has the condition with status {@code True}. */
    boolean has(String condition) {
        for (JsonNode each : status().path("conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** Converts a JSON object of strings to a map, ordered by name. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }

    private JsonNode metadata() {
        return json.path("metadata");
    }
}
