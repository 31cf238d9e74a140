package dev.cnilab.cni.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** An object of a {@link JsonFile}, with typed access to its keys. Errors name the position. */
public final class JsonObject {

    private final JsonFile file;
    private final ObjectNode node;
    private final String pointer;

    JsonObject(JsonFile file, ObjectNode node, String pointer) {
        this.file = file;
        this.node = node;
        this.pointer = pointer;
    }

    /**
     * Rejects unknown keys.
     *
     * @throws InvalidConfigException when the object has any other key
     */
    public void allowOnly(List<String> keys) throws InvalidConfigException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw problem(name, "is unknown; known keys: " + String.join(", ", keys));
            }
        }
    }

    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    public String text(String key) throws InvalidConfigException {
        return optionalText(key).orElseThrow(() -> problem(key, "is missing"));
    }

    public Optional<String> optionalText(String key) throws InvalidConfigException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!node.get(key).isTextual()) {
            throw expected(key, "a string");
        }
        return Optional.of(node.get(key).textValue());
    }

    /** Reads a subnet: a prefix whose host bits are zero. */
    public Ipv4Prefix subnet(String key) throws InvalidConfigException {
        Ipv4Prefix prefix = value(key, text(key), Ipv4Prefix::parse);
        if (!prefix.isNetwork()) {
            throw problem(key, prefix + " has host bits set; did you mean " + prefix.network());
        }
        return prefix;
    }

    public Ipv4Address address(String key) throws InvalidConfigException {
        return value(key, text(key), Ipv4Address::parse);
    }

    /** Reads an integer from {@code min} to {@code max}; empty when the key is absent. */
    public OptionalInt integer(String key, int min, int max) throws InvalidConfigException {
        if (!has(key)) {
            return OptionalInt.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw expected(key, "an integer of " + min + " to " + max);
        }
        return OptionalInt.of(value.intValue());
    }

    public boolean flag(String key, boolean absent) throws InvalidConfigException {
        if (!has(key)) {
            return absent;
        }
        if (!node.get(key).isBoolean()) {
            throw expected(key, "true or false");
        }
        return node.get(key).booleanValue();
    }

    public Optional<JsonObject> object(String key) throws InvalidConfigException {
        return has(key) ? Optional.of(nested(key, node.get(key))) : Optional.empty();
    }

    /** Reads an array of objects. */
    public List<JsonObject> objects(String key) throws InvalidConfigException {
        if (!has(key) || !node.get(key).isArray()) {
            throw expected(key, "an array of objects");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : node.get(key)) {
            objects.add(nested(key + "/" + objects.size(), element));
        }
        return objects;
    }

    /** Creates an error about a key's value, to be thrown by the caller. */
    public InvalidConfigException problem(String key, String problem) {
        String path = (pointer + "/" + key).substring(1).replace('/', '.');
        return new InvalidConfigException(
                file.place(pointer + "/" + key) + ": " + path + " " + problem);
    }

    static String describe(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }

    private JsonObject nested(String key, JsonNode value) throws InvalidConfigException {
        if (value instanceof ObjectNode object) {
            return new JsonObject(file, object, pointer + "/" + key);
        }
        throw problem(key, "must be an object, but is " + describe(value));
    }

    private InvalidConfigException expected(String key, String what) {
        return problem(key, "must be " + what + ", but is " + describe(node.path(key)));
    }

    private <T> T value(String key, String text, Function<String, T> parser)
            throws InvalidConfigException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw problem(key, "is " + e.getMessage());
        }
    }
}
