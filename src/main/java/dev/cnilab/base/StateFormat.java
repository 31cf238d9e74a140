package dev.cnilab.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The format version of a kind of state file, in its field {@code format}. It rises when an older
 * lab would misread the file. A file without the field has version 1: lab 0.1.0 wrote none.
 *
 * @param oldest the oldest version that is read
 * @param current the version that is written
 * @param remedy the fix for a file of another version
 */
public record StateFormat(int oldest, int current, Remedy remedy) {

    private static final String FIELD = "format";

    /**
     * Creates the format of a file without which {@code lab down} works.
     *
     * @param lab its name
     */
    public static StateFormat ofLab(int oldest, int current, String lab) {
        return new StateFormat(
                oldest,
                current,
                Remedy.type("lab down " + lab)
                        .with("then create the lab again; or use that version"));
    }

    public StateFormat {
        if (oldest < 1 || oldest > current) {
            throw new IllegalArgumentException(oldest + " to " + current);
        }
    }

    /** Returns the object with the version as its first field. */
    public ObjectNode mark(ObjectNode content) {
        ObjectNode marked = JsonNodeFactory.instance.objectNode().put(FIELD, current);
        return marked.setAll(content);
    }

    /** Checks whether the content has a version. */
    static boolean isMarked(JsonNode content) {
        return content.path(FIELD).isInt();
    }

    /** Returns the version of a file's content, read or not. */
    public static int of(JsonNode content) {
        return content.path(FIELD).asInt(1);
    }

    /**
     * Checks the version of a file's content.
     *
     * @return the version
     * @throws Failure {@code state-format}, if this version of lab does not read it
     */
    public int require(JsonNode content, Path file) throws Failure {
        int found = of(content);
        if (found < oldest || found > current) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "state-format",
                    file
                            + " was written by "
                            + (found < oldest ? "an older" : "a newer")
                            + " version of lab",
                    "it has format "
                            + found
                            + "; this version reads format "
                            + (oldest == current ? "" : oldest + " to ")
                            + current,
                    remedy);
        }
        return found;
    }
}
