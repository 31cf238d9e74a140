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

/** A reader's view of an API object: the parts that objects of every kind have. */
record KubeObject(ObjectNode json) {

    static List<KubeObject> list(Store store, ResourceType type) {
        return store.list(type).stream().map(KubeObject::new).toList();
    }

    String name() {
        return ObjectMeta.name(json);
    }

    /** Empty for an object of the whole cluster. */
    String namespace() {
        return ObjectMeta.namespace(json);
    }

    String uid() {
        return ObjectMeta.uid(json);
    }

    /** RFC 3339 in UTC, so that the texts sort by time. */
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

    /** Whether a deletion was asked for and is not finished. */
    boolean terminating() {
        return ObjectMeta.deleting(json);
    }

    /** The reference to the object that made this one and answers for it. */
    Optional<JsonNode> controller() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** What an object that this one makes carries in {@code metadata.ownerReferences}. */
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

    /** Whether {@code status.conditions} has the condition with status {@code True}. */
    boolean has(String condition) {
        for (JsonNode each : status().path("conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** An object of names to texts, in the order of the names. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }

    private JsonNode metadata() {
        return json.path("metadata");
    }
}
