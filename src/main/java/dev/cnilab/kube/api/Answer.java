package dev.cnilab.kube.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.kube.http.Exchange;
import java.io.IOException;
import java.util.List;

/**
 * A status code and a JSON body.
 *
 * @param warnings shown to the user by kubectl
 */
record Answer(int code, JsonNode body, List<String> warnings) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Answer ok(JsonNode body) {
        return new Answer(200, body, List.of());
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body, List.of());
    }

    Answer warning(List<String> about) {
        return new Answer(code, body, List.copyOf(about));
    }

    void send(Exchange exchange) throws IOException {
        exchange.send(code, "application/json", warnings, bytes(body));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }
}
