package dev.cnilab.kube.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.kube.http.Exchange;
import java.io.IOException;

/** A status code and a JSON body. */
record Answer(int code, JsonNode body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body);
    }

    void send(Exchange exchange) throws IOException {
        exchange.send(code, "application/json", bytes(body));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }
}
