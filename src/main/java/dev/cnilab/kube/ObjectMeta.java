package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the fields that every object carries under {@code metadata}. */
public final class ObjectMeta {

    /**
     * The alphabet of generated names, from apimachinery's util/rand: without vowels, and without
     * digits that look like vowels.
     */
    public static final String NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private ObjectMeta() {}

    public static String name(JsonNode object) {
        return text(object, "name");
    }

    /** The namespace, "" for a cluster-scoped object. */
    public static String namespace(JsonNode object) {
        return text(object, "namespace");
    }

    public static String uid(JsonNode object) {
        return text(object, "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return text(object, "resourceVersion");
    }

    /** True from the graceful deletion's start to the object's removal. */
    public static boolean deleting(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** The object's mutable {@code metadata}, created if absent. */
    static ObjectNode of(ObjectNode object) {
        return object.path("metadata") instanceof ObjectNode metadata
                ? metadata
                : object.putObject("metadata");
    }

    /** A time as the API writes it: RFC 3339, whole seconds, UTC. */
    public static String timestamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String text(JsonNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }
}
