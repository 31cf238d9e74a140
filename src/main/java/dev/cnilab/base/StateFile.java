package dev.cnilab.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A JSON object with its format version, in an owner-only file that is written atomically. */
public record StateFile(Path path, StateFormat format) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the content; empty if the file does not exist.
     *
     * @throws Failure {@code state-format}, if this version of lab does not read the file's version
     */
    public Optional<JsonNode> read() throws IOException {
        Optional<JsonNode> content = readAnyVersion();
        if (content.isPresent()) {
            format.require(content.get(), path);
        }
        return content;
    }

    /** Reads the content of any version, to delete what it describes. */
    public Optional<JsonNode> readAnyVersion() throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content. */
    public void write(ObjectNode content) throws IOException {
        AtomicFile.ownerOnly(path).write(JSON.writeValueAsBytes(format.mark(content)));
    }

    /** Deletes the file. Repeatable. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
