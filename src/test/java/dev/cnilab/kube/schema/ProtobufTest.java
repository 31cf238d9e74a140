package dev.cnilab.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufTest {
    private static final byte[] MAGIC = HexFormat.of().parseHex("6b387300");

    /** What {@code kubectl create service nodeport np --tcp=80:web} sends, cut down. */
    private static byte[] service() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(
                new ProtobufWriter()
                        .message(1, meta -> meta.text(1, "v1").text(2, "Service"))
                        .message(
                                2,
                                service ->
                                        service.message(
                                                        1,
                                                        metadata ->
                                                                metadata.text(1, "np")
                                                                        .text(3, "")
                                                                        .message(8, time -> {})
                                                                        .message(
                                                                                11,
                                                                                label ->
                                                                                        label.text(
                                                                                                        1,
                                                                                                        "app")
                                                                                                .text(
                                                                                                        2,
                                                                                                        "np")))
                                                .message(
                                                        2,
                                                        spec ->
                                                                spec.message(
                                                                                1,
                                                                                port ->
                                                                                        port.text(
                                                                                                        2,
                                                                                                        "TCP")
                                                                                                .message(
                                                                                                        4,
                                                                                                        target ->
                                                                                                                target
                                                                                                                        .text(
                                                                                                                                3,
                                                                                                                                "web")))
                                                                        .text(4, "NodePort")))
                        .toByteArray());
        return bytes.toByteArray();
    }

    @Test
    void anObjectIsReadAsItsJsonWouldBe() {
        ObjectNode object = Protobuf.read(service());
        assertThat(object.path("metadata").toString())
                .isEqualTo("{\"name\":\"np\",\"labels\":{\"app\":\"np\"}}");
        assertThat(object.path("spec").path("type").asText()).isEqualTo("NodePort");
        assertThat(object.path("spec").path("ports").path(0).path("protocol").asText())
                .isEqualTo("TCP");
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(() ->
                        Protobuf.read(
                                "{}      ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("expected prefix");
    }

    /** Cut off, and with any octet changed: an answer or a refusal, never another failure. */
    @Test
    void noiseIsTheClientsFault() {
        byte[] whole = service();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int changes = random.nextInt(3); changes > 0 && noise.length > 4; changes--) {
                noise[4 + random.nextInt(noise.length - 4)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Protobuf.read(noise)).isNotNull();
            } catch (ApiException e) {
                assertThat(e.code()).isEqualTo(400);
            }
        }
    }
}
