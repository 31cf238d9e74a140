package dev.cnilab.kube.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Decodes objects in protobuf, which kubectl's {@code create NAME} commands and Go's clients send
 * ({@code application/vnd.kubernetes.protobuf}). Zero or empty fields that are no pointers are
 * omitted, as in Go's JSON.
 */
public final class Protobuf {
    private static final int MAGIC = 0x6b387300; // "k8s" and a zero byte
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Clients parse the fraction digit by digit: none in a Time, six in a MicroTime. */
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Field numbers of apimachinery's runtime.Unknown, which wraps every object. */
    private static final int TYPE_META = 1;

    private static final int RAW = 2;

    private Protobuf() {}

    /**
     * @throws ApiException 400 if malformed or of an unknown kind
     */
    public static ObjectNode read(byte[] bytes) {
        try {
            ByteBuffer body = ByteBuffer.wrap(bytes);
            if (body.getInt() != MAGIC) {
                throw ApiException.badRequest(
                        "provided data does not appear to be a protobuf message, expected prefix"
                                + " [107 56 115 0]");
            }
            return unwrap(body);
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            throw ApiException.badRequest("malformed protobuf");
        }
    }

    private static ObjectNode unwrap(ByteBuffer body) {
        String apiVersion = "";
        String kind = "";
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (body.hasRemaining()) {
            Wire.Value value = Wire.next(body);
            if (value.number() == TYPE_META) {
                ByteBuffer meta = value.bytes();
                while (meta.hasRemaining()) {
                    Wire.Value field = Wire.next(meta);
                    if (field.number() == 1) {
                        apiVersion = field.text();
                    } else if (field.number() == 2) {
                        kind = field.text();
                    }
                }
            } else if (value.number() == RAW) {
                raw = value.bytes();
            }
        }
        Optional<Message> message = Schema.of(apiVersion, kind);
        if (message.isEmpty()) {
            throw ApiException.badRequest(
                    "no kind \"%s\" is registered for version \"%s\"".formatted(kind, apiVersion));
        }
        ObjectNode object = JSON.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        fill(object, message.get(), raw);
        return object;
    }

    private static void fill(ObjectNode object, Message message, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            Wire.Value value = Wire.next(bytes);
            Field field = message.numbers().get(value.number());
            if (field == null) {
                continue;
            }
            switch (field.type()) {
                case Type.Struct struct when field.inline() ->
                        fill(object, Schema.of(struct), value.bytes());
                case Type.ListOf(Type item) ->
                        object.withArrayProperty(field.name()).add(value(item, value));
                case Type.MapOf(Type inner) ->
                        entry(object.withObjectProperty(field.name()), inner, value);
                case Type single -> {
                    JsonNode node = value(single, value);
                    if (field.pointer() || !zero(node)) {
                        object.set(field.name(), node);
                    }
                }
            }
        }
    }

    private static void entry(ObjectNode map, Type inner, Wire.Value entry) {
        ByteBuffer bytes = entry.bytes();
        String key = "";
        JsonNode content = zeroOf(inner);
        while (bytes.hasRemaining()) {
            Wire.Value part = Wire.next(bytes);
            if (part.number() == 1) {
                key = part.text();
            } else {
                content = value(inner, part);
            }
        }
        map.set(key, content);
    }

    private static JsonNode zeroOf(Type type) {
        return type instanceof Type.Struct ? JSON.objectNode() : JSON.textNode("");
    }

    private static boolean zero(JsonNode node) {
        return node.isContainerNode() || node.isTextual()
                ? node.isEmpty() && node.asText("").isEmpty()
                : node.isNull()
                        || node.isNumber() && node.asDouble() == 0
                        || node.isBoolean() && !node.asBoolean();
    }

    private static JsonNode value(Type type, Wire.Value value) {
        return switch (type) {
            case Type.Scalar scalar -> scalar(scalar, value);
            case Type.Struct struct -> {
                ObjectNode object = JSON.objectNode();
                fill(object, Schema.of(struct), value.bytes());
                yield object;
            }
            case Type.ListOf _, Type.MapOf _ ->
                    throw new IllegalArgumentException("protobuf has no lists of lists");
        };
    }

    private static JsonNode scalar(Type.Scalar scalar, Wire.Value value) {
        return switch (scalar) {
            case STRING -> JSON.textNode(value.text());
            case INT32, INT64 -> JSON.numberNode(value.varint());
            case BOOL -> JSON.booleanNode(value.varint() != 0);
            case FLOAT64 -> JSON.numberNode(Double.longBitsToDouble(value.varint()));
            case BYTES -> {
                byte[] content = new byte[value.bytes().remaining()];
                value.bytes().get(content);
                yield JSON.textNode(java.util.Base64.getEncoder().encodeToString(content));
            }
            case QUANTITY -> JSON.textNode(first(value).text());
            case INT_OR_STRING -> intOrString(value.bytes());
            case TIME -> time(value.bytes(), SECONDS);
            case MICRO_TIME -> time(value.bytes(), MICROS);
            case RAW, FIELDS -> json(first(value).text());
        };
    }

    /** The only field of a message that wraps a string or bytes. */
    private static Wire.Value first(Wire.Value value) {
        return value.bytes().hasRemaining() ? Wire.next(value.bytes()) : Wire.EMPTY;
    }

    private static JsonNode intOrString(ByteBuffer bytes) {
        long isString = 0;
        long number = 0;
        String text = "";
        while (bytes.hasRemaining()) {
            Wire.Value part = Wire.next(bytes);
            switch (part.number()) {
                case 1 -> isString = part.varint();
                case 2 -> number = part.varint();
                default -> text = part.text();
            }
        }
        return isString == 0 ? JSON.numberNode((int) number) : JSON.textNode(text);
    }

    private static JsonNode time(ByteBuffer bytes, DateTimeFormatter format) {
        long seconds = 0;
        long nanos = 0;
        boolean present = bytes.hasRemaining();
        while (bytes.hasRemaining()) {
            Wire.Value part = Wire.next(bytes);
            if (part.number() == 1) {
                seconds = part.varint();
            } else {
                nanos = part.varint();
            }
        }
        return present
                ? JSON.textNode(format.format(Instant.ofEpochSecond(seconds, nanos)))
                : JSON.nullNode();
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? JSON.nullNode() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("raw JSON in protobuf", e);
        }
    }
}
