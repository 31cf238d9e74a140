package dev.cnilab.cni.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A JSON object with the line and column of every value in its text. */
public final class JsonFile {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String name;
    private final Map<String, JsonLocation> places;

    private JsonFile(String name, Map<String, JsonLocation> places) {
        this.name = name;
        this.places = places;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidConfigException when it is missing or not a JSON object
     */
    public static JsonObject read(Path file) throws IOException {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(file + ": no such file", e);
        }
    }

    /**
     * Parses text.
     *
     * @param name the text's name in errors
     * @throws InvalidConfigException when it is not a JSON object
     */
    public static JsonObject parse(String name, String text) throws InvalidConfigException {
        try {
            JsonNode root = JSON.readTree(text);
            if (!(root instanceof ObjectNode object)) {
                throw new InvalidConfigException(
                        name + ":1:1: expected a JSON object, found " + JsonObject.describe(root));
            }
            return new JsonObject(new JsonFile(name, places(text)), object, "");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new InvalidConfigException(
                    "%s:%d:%d: not valid JSON: %s"
                            .formatted(
                                    name, at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()),
                    e);
        }
    }

    /** Returns {@code file:line:column} of a JSON pointer, or of its nearest existing parent. */
    String place(String pointer) {
        JsonLocation at = places.get(pointer);
        return at == null
                ? place(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))))
                : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    private static Map<String, JsonLocation> places(String text) throws JsonProcessingException {
        Map<String, JsonLocation> places = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                places.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("reading from a string cannot fail", e);
        }
        return places;
    }
}
