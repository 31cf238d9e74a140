package dev.cnilab.kube.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFormat;
import dev.cnilab.kube.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A line of a state file: the CRC-32 of the JSON in eight hexadecimal digits, a space, JSON.
 *
 * @param revision the store's revision after the change
 * @param deleted whether the object was deleted
 * @param object its state after the change, or its last one
 */
record LogRecord(long revision, ResourceType type, boolean deleted, ObjectNode object) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PREFIX = 9;

    private static final StateFormat FORMAT =
            new StateFormat(
                    1,
                    1,
                    Remedy.advise(
                            "use that version, or recreate the cluster: lab down, then lab up"));

    byte[] bytes() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("revision", revision).put("type", type.name()).put("deleted", deleted);
        return seal(line.set("object", object));
    }

    /**
     * A file's first line.
     *
     * @param revision the store's, before the lines that follow
     */
    static byte[] header(long revision) {
        return seal(FORMAT.mark(JsonNodeFactory.instance.objectNode().put("revision", revision)));
    }

    /**
     * @return the revision of a {@link #header}
     * @throws dev.cnilab.base.Failure when the file is of another version
     */
    static long revision(JsonNode header, Path file) throws IOException {
        FORMAT.require(header, file);
        return header.path("revision").asLong();
    }

    static byte[] seal(JsonNode content) {
        try {
            byte[] json = JSON.writeValueAsBytes(content);
            byte[] line = new byte[PREFIX + json.length + 1];
            byte[] crc = (crc(json, 0, json.length) + " ").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(crc, 0, line, 0, PREFIX);
            System.arraycopy(json, 0, line, PREFIX, json.length);
            line[line.length - 1] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    /**
     * Checks a line's CRC and parses its JSON.
     *
     * @param line without its terminator
     * @return empty if it is damaged
     */
    static Optional<JsonNode> unseal(byte[] line) {
        if (line.length <= PREFIX) {
            return Optional.empty();
        }
        String crc = new String(line, 0, PREFIX - 1, StandardCharsets.US_ASCII);
        if (!crc.equals(crc(line, PREFIX, line.length - PREFIX))) {
            return Optional.empty();
        }
        try {
            String json = new String(line, PREFIX, line.length - PREFIX, StandardCharsets.UTF_8);
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * @throws IllegalArgumentException if it is not a change of an object
     */
    static LogRecord of(JsonNode content) {
        if (content.get("object") instanceof ObjectNode object) {
            return new LogRecord(
                    content.path("revision").asLong(),
                    ResourceType.valueOf(content.path("type").asText()),
                    content.path("deleted").asBoolean(),
                    object);
        }
        throw new IllegalArgumentException("a change without an object");
    }

    private static String crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return "%08x".formatted(crc.getValue());
    }
}
