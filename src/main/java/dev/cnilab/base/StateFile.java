package dev.cnilab.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A JSON object with its version in a file that is its owner's alone, written whole or not. */
public record StateFile(Path path, StateFormat format) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What it holds; empty when there is no such file.
     *
     * @throws Failure {@code state-format}, when it is of a version that this program does not read
     */
    public Optional<JsonNode> read() throws IOException {
        Optional<JsonNode> content = readAnyVersion();
        if (content.isPresent()) {
            format.require(content.get(), path);
        }
        return content;
    }

    /** The same, whatever its version: to delete what it tells of. */
    public Optional<JsonNode> readAnyVersion() throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces it. */
    public void write(ObjectNode content) throws IOException {
        AtomicFile.ownerOnly(path).write(JSON.writeValueAsBytes(format.mark(content)));
    }

    /** Repeatable. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
