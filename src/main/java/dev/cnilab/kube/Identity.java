package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** The metadata that the store assigns: name, uid, creationTimestamp, generation. */
final class Identity {
    private static final List<String> LASTING =
            List.of(
                    "name",
                    "namespace",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds");

    private Identity() {}

    static void complete(
            ResourceType type, ObjectNode object, Clock clock, Predicate<String> taken) {
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = ObjectMeta.of(object);
        String name = metadata.path("name").asText("");
        String prefix = metadata.path("generateName").asText("");
        if (name.isEmpty() && prefix.isEmpty()) {
            throw ApiException.invalid(
                    type,
                    "",
                    List.of(
                            FieldError.required(
                                    "metadata.name", "name or generateName is required")));
        }
        while (name.isEmpty() || metadata.path("name").isMissingNode() && taken.test(name)) {
            name = prefix + suffix();
        }
        metadata.put("name", name)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", ObjectMeta.timestamp(clock.instant()))
                .remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds"));
        if (!type.namespaced()) {
            metadata.remove("namespace");
        }
        if (object.has("spec")) {
            metadata.put("generation", 1);
        }
    }

    private static String suffix() {
        StringBuilder suffix = new StringBuilder(5);
        for (int i = 0; i < 5; i++) {
            suffix.append(
                    ObjectMeta.NAME_ALPHABET.charAt(
                            ThreadLocalRandom.current()
                                    .nextInt(ObjectMeta.NAME_ALPHABET.length())));
        }
        return suffix.toString();
    }

    /** Rejects an update of another resourceVersion or uid than the current one. */
    static void check(ResourceType type, ObjectNode current, ObjectNode changed) {
        String name = ObjectMeta.name(current);
        String version = ObjectMeta.resourceVersion(changed);
        if (!version.isEmpty() && !version.equals(ObjectMeta.resourceVersion(current))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "the object has been modified; please apply your changes to the latest version"
                            + " and try again");
        }
        String uid = ObjectMeta.uid(changed);
        if (!uid.isEmpty() && !uid.equals(ObjectMeta.uid(current))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, ObjectMeta.uid(current)));
        }
    }

    /**
     * Copies the immutable metadata of the current object, and increments the generation when the
     * spec has changed.
     */
    static void keep(ResourceType type, ObjectNode current, ObjectNode changed) {
        changed.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = ObjectMeta.of(changed);
        for (String field : LASTING) {
            JsonNode value = current.path("metadata").get(field);
            if (value == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
        if (!JsonValues.same(current.path("spec"), changed.path("spec"))) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
    }
}
