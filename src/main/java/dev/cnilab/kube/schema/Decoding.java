package dev.cnilab.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.FieldError;
import dev.cnilab.kube.ResourceType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks an object against its kind's schema, as Kubernetes does when it decodes: rejects values of
 * a wrong type, removes and reports unknown fields.
 */
public final class Decoding {
    private static final List<String> TYPE_META = List.of("apiVersion", "kind");

    /** The pattern in {@code resource.Quantity}'s error message. */
    private static final String QUANTITY = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

    private static final Pattern QUANTITY_PATTERN = Pattern.compile(QUANTITY);

    private final ResourceType type;
    private final List<String> unknown = new ArrayList<>();

    private Decoding(ResourceType type) {
        this.type = type;
    }

    /**
     * Removes unknown fields from the object.
     *
     * @return the paths of the removed fields: {@code spec.containers[0].imagee}
     * @throws ApiException 400 if a value has a wrong type
     */
    public static List<String> prune(ResourceType type, ObjectNode object) {
        try {
            return new Decoding(type).prune(object);
        } catch (Mismatch e) {
            throw ApiException.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s: %s"
                            .formatted(type.kind(), type.version(), type.kind(), e.getMessage()));
        }
    }

    /** Returns the unknown fields, or the first value of a wrong type. */
    public static List<FieldError> errors(ResourceType type, ObjectNode object) {
        try {
            return new Decoding(type)
                    .prune(object.deepCopy()).stream().map(FieldError::unknown).toList();
        } catch (Mismatch e) {
            return List.of(FieldError.typeInvalid(e.path, String.valueOf(e.getMessage())));
        }
    }

    private List<String> prune(ObjectNode object) {
        JsonNode[] meta = TYPE_META.stream().map(object::get).toArray(JsonNode[]::new);
        object.remove(TYPE_META);
        struct(Schema.of(type), object, "", "");
        for (int i = 0; i < meta.length; i++) {
            if (meta[i] != null) {
                object.set(TYPE_META.get(i), meta[i]);
            }
        }
        return unknown;
    }

    /**
     * @param path with list indexes, for unknown fields
     * @param plain the path without them, for type errors
     */
    private void struct(Message message, ObjectNode object, String path, String plain) {
        List<String> strangers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            Field field = message.fields().get(name);
            if (field == null) {
                strangers.add(name);
                unknown.add(path + name);
            } else {
                value(message, field.type(), entry.getValue(), path + name, plain + name);
            }
        }
        object.remove(strangers);
    }

    private void value(Message holder, Type wanted, JsonNode value, String path, String plain) {
        if (value.isNull()) {
            return;
        }
        switch (wanted) {
            case Type.Scalar scalar -> scalar(holder, scalar, value, path, plain);
            case Type.Struct struct -> {
                if (!(value instanceof ObjectNode object)) {
                    throw mismatch(holder, wanted, value, path, plain);
                }
                struct(Schema.of(struct), object, path + ".", plain + ".");
            }
            case Type.ListOf(Type item) -> {
                if (!value.isArray()) {
                    throw mismatch(holder, wanted, value, path, plain);
                }
                for (int i = 0; i < value.size(); i++) {
                    value(holder, item, value.get(i), path + "[" + i + "]", plain);
                }
            }
            case Type.MapOf(Type inner) -> {
                if (!value.isObject()) {
                    throw mismatch(holder, wanted, value, path, plain);
                }
                for (var entry : value.properties()) {
                    value(holder, inner, entry.getValue(), path + "." + entry.getKey(), plain);
                }
            }
        }
    }

    private void scalar(
            Message holder, Type.Scalar wanted, JsonNode value, String path, String plain) {
        boolean fits =
                switch (wanted) {
                    case STRING -> value.isTextual();
                    case TIME, MICRO_TIME -> value.isTextual() && time(path, value.asText());
                    case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
                    case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
                    case BOOL -> value.isBoolean();
                    case FLOAT64 -> value.isNumber();
                    case BYTES -> value.isTextual() && base64(path, value.asText());
                    case QUANTITY -> value.isValueNode() && quantity(path, value.asText());
                    case INT_OR_STRING ->
                            value.isTextual()
                                    || value.isIntegralNumber() && value.canConvertToInt();
                    case RAW -> true;
                    case FIELDS -> value.isObject();
                };
        if (!fits) {
            throw mismatch(holder, wanted, value, path, plain);
        }
    }

    private static boolean base64(String path, String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            throw new Mismatch(path, "illegal base64 data in '" + text + "'");
        }
    }

    private static boolean quantity(String path, String text) {
        if (!QUANTITY_PATTERN.matcher(text).matches()) {
            throw new Mismatch(
                    path, "quantities must match the regular expression '" + QUANTITY + "'");
        }
        return true;
    }

    private static boolean time(String path, String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            throw new Mismatch(
                    path,
                    "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
                            .formatted(text));
        }
    }

    /** A type error worded as Go's encoding/json. */
    private static Mismatch mismatch(
            Message holder, Type wanted, JsonNode value, String path, String plain) {
        String what =
                switch (value.getNodeType()) {
                    case BOOLEAN -> "bool";
                    case NUMBER ->
                            wanted instanceof Type.Scalar s && s != Type.Scalar.STRING
                                    ? "number " + value
                                    : "number";
                    case STRING, BINARY -> "string";
                    case ARRAY -> "array";
                    case OBJECT, POJO, MISSING, NULL -> "object";
                };
        return new Mismatch(
                path,
                "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                        .formatted(what, holder.name(), plain, wanted.go()));
    }

    /** A value of a wrong type. */
    private static final class Mismatch extends RuntimeException {

        private final String path;

        Mismatch(String path, String why) {
            super(why);
            this.path = path;
        }
    }
}
