package dev.cnilab.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The version of what one kind of file holds, in its field {@code format}. It rises when an older
 * program would misread the file. What has none is of version 1: lab 0.1.0 wrote it so.
 *
 * @param oldest that this program reads
 * @param current that it reads and writes
 * @param remedy what to do about a file of another version
 */
public record StateFormat(int oldest, int current, String remedy) {

    private static final String FIELD = "format";

    public StateFormat {
        if (oldest < 1 || oldest > current) {
            throw new IllegalArgumentException(oldest + " to " + current);
        }
    }

    /** The fields of an object after the version. */
    public ObjectNode mark(ObjectNode content) {
        ObjectNode marked = JsonNodeFactory.instance.objectNode().put(FIELD, current);
        return marked.setAll(content);
    }

    /** Whether it says its version. */
    static boolean isMarked(JsonNode content) {
        return content.path(FIELD).isInt();
    }

    /** The version of what a file holds, whether or not this program reads it. */
    public static int of(JsonNode content) {
        return content.path(FIELD).asInt(1);
    }

    /**
     * @param file that holds the content
     * @return its version
     * @throws Failure {@code state-format}, when this program does not read that version
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
