package dev.cnilab.kube.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.schema.Protobuf;
import java.util.Locale;
import java.util.function.Function;

/** Parses request bodies: JSON, YAML or protobuf by Content-Type. */
final class Bodies {
    private static final int MAX_DEPTH = 200;
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Function<String, ObjectNode> yaml;

    /**
     * @param yaml parses one YAML document; throws {@link IllegalArgumentException} if malformed
     */
    Bodies(Function<String, ObjectNode> yaml) {
        this.yaml = yaml;
    }

    /** The request's media type, without parameters. */
    static String mediaType(Request request) {
        return request.header("content-type").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /**
     * The object in a request's body.
     *
     * @throws ApiException 400 if malformed, 415 for another media type
     */
    ObjectNode object(Request request) {
        return switch (mediaType(request)) {
            case "", "application/json", "*/*" -> asObject(json(request.body()));
            case "application/yaml", "application/apply-patch+yaml" -> yaml(request.body());
            case PROTOBUF -> Protobuf.read(request.content());
            case String _ -> throw unsupported("application/json, application/yaml, " + PROTOBUF);
        };
    }

    ObjectNode yaml(String text) {
        try {
            return text.stripLeading().startsWith("{") ? asObject(json(text)) : yaml.apply(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("error decoding JSON: " + e.getOriginalMessage());
        }
    }

    static ObjectNode asObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the request's body is not a JSON object");
    }

    static ApiException unsupported(String supported) {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + supported);
    }
}
