package dev.cnilab.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real clients sent; see README.md of the resources. */
class ProtobufTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAGIC = 4;

    private static byte[] captured(String file) throws IOException {
        try (InputStream in = ProtobufTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusterrole",
                "clusterrolebinding",
                "configmap",
                "deployment",
                "event",
                "lease",
                "namespace",
                "pod",
                "secret",
                "service",
                "serviceaccount",
            })
    void decodesAsTheEquivalentJson(String name) throws IOException {
        JsonNode json = MAPPER.readTree(captured(name + ".json"));
        withoutEmpty(json);
        String read = Protobuf.read(captured(name + ".pb")).toString();
        assertThat(MAPPER.readTree(read)).isEqualTo(json);
    }

    /** Go writes some empty fields that are no pointers; they mean the same as absent ones. */
    private static void withoutEmpty(JsonNode node) {
        for (Iterator<JsonNode> each = node.iterator(); each.hasNext(); ) {
            JsonNode inner = each.next();
            withoutEmpty(inner);
            boolean empty = inner.isContainerNode() ? inner.isEmpty() : inner.asText().isEmpty();
            if (node.isObject() && (inner.isNull() || empty)) {
                each.remove();
            }
        }
    }

    @Test
    void otherFormatIsRejected() {
        assertThatThrownBy(() -> Protobuf.read("{}      ".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("expected prefix");
    }

    /** Truncated input, and input with any octet changed, is decoded or rejected with 4xx. */
    @ParameterizedTest
    @ValueSource(strings = {"pod", "service", "lease"})
    void damagedInputIsRejected(String name) throws IOException {
        byte[] whole = captured(name + ".pb");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int changes = random.nextInt(3); changes > 0 && noise.length > MAGIC; changes--) {
                noise[MAGIC + random.nextInt(noise.length - MAGIC)] = (byte) random.nextInt(256);
            }
            try {
                ObjectNode object = Protobuf.read(noise);
                assertThat(object).isNotNull();
            } catch (ApiException e) {
                assertThat(e.code()).isEqualTo(400);
            }
        }
    }
}
