package dev.cnilab.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    private static ResponseReader reader(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ResponseReader(new ByteArrayInputStream(bytes), 200, 20);
    }

    private static String body(String text) throws IOException {
        ResponseReader reader = reader(text);
        byte[] body = reader.body(reader.head().orElseThrow());
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void readsStatusAndHeaders() throws IOException {
        String head = "HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\n";
        ResponseHead read = reader(head + "body").head().orElseThrow();
        assertThat(read.status()).isEqualTo(404);
        assertThat(read.headers()).containsEntry("server", "x");
        assertThat(read.text()).isEqualTo(head);
        assertThat(reader("").head()).isEmpty();
    }

    @Test
    void knowsWhereTheBodyEnds() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore")).isEqualTo("ok");
        assertThat(
                        body(
                                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore"))
                .isEqualTo("ok");
        assertThat(body("HTTP/1.1 200 OK\r\n\r\nto the end")).isEqualTo("to the end");
    }

    @Test
    void noticesABodyThatEndsEarly() {
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok"))
                .isInstanceOf(EOFException.class)
                .hasMessage("end of body with 2 of 3 bytes");
    }

    @Test
    void refusesABodyOverTheLimit() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(20))).hasSize(20);
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(21)))
                .isInstanceOf(HttpFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-x", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 999 x", "HTTP/2 200"})
    void refusesWhatIsNone(String status) {
        assertThatThrownBy(() -> reader(status + "\r\n\r\n").head())
                .isInstanceOf(HttpFormatException.class);
    }
}
