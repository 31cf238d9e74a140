package dev.cnilab.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final int HEAD = 200;
    private static final int BODY = 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RequestReader reader(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RequestReader(new ByteArrayInputStream(bytes), out, HEAD, BODY);
    }

    private HttpRequest read(String text) throws IOException {
        return reader(text).read().orElseThrow();
    }

    @Test
    void readsOneAfterAnother() throws IOException {
        RequestReader reader =
                reader(
                        "POST /a?b=c%20d HTTP/1.1\r\nX-Name: ä\r\nx-name:  b \r\nContent-Length: 3\r\n\r\none"
                                + "GET / HTTP/1.0\n\n");
        HttpRequest first = reader.read().orElseThrow();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.target()).isEqualTo("/a?b=c%20d");
        assertThat(first.headers()).isEqualTo(Map.of("x-name", "ä,b", "content-length", "3"));
        assertThat(first.body()).asString().isEqualTo("one");
        assertThat(reader.read().orElseThrow().body()).isEmpty();
        assertThat(reader.read()).isEmpty();
    }

    @Test
    void joinsChunks() throws IOException {
        String chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(
                        read(chunked + "3;x=y\r\none\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")
                                .body())
                .asString()
                .isEqualTo("one0123456789");
        assertThat(status(chunked + "zz\r\n")).isEqualTo(400);
        assertThat(status(chunked + "2\r\nlong\r\n")).isEqualTo(400);
        assertThat(status(chunked + "f\r\n0123456789abcde\r\n6\r\n")).isEqualTo(413);
    }

    @Test
    void tellsTheClientToContinue() throws IOException {
        read("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx");
        assertThat(out).hasToString("HTTP/1.1 100 Continue\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "hello,400",
                "GET  / HTTP/1.1,400",
                "GET x HTTP/1.1,400",
                "GET / HTTP/2,400",
                "GET / HTTP/1.1~no colon,400",
                "GET / HTTP/1.1~: no name,400",
                "GET / HTTP/1.1~a : space,400",
                "GET / HTTP/1.1~a: \u0001b,400",
                "GET / HTTP/1.1~Content-Length: -1,400",
                "GET / HTTP/1.1~Content-Length: +1,400",
                "GET / HTTP/1.1~Content-Length: 1e3,400",
                "GET / HTTP/1.1~Content-Length: 99999999999,400",
                "GET / HTTP/1.1~Content-Length: 21,413",
                "GET / HTTP/1.1~Transfer-Encoding: gzip,400",
                "GET / HTTP/1.1~Transfer-Encoding: chunked~Content-Length: 1,400",
            })
    void refusesWhatIsNone(String head, int status) {
        assertThat(status(head.replace("~", "\r\n") + "\r\n\r\n")).isEqualTo(status);
    }

    /** A long line and many lines alike. */
    @Test
    void refusesAHeadOverTheLimit() {
        assertThat(status("GET /" + "x".repeat(HEAD))).isEqualTo(431);
        assertThat(status("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(HEAD))).isEqualTo(431);
        assertThat(
                        status(
                                "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                                        + "a: b\r\n".repeat(HEAD)))
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1~", "GET / HTTP/1.1~Content-Length: 2~~x"})
    void noticesAClientThatClosesWithinARequest(String cut) {
        assertThatThrownBy(() -> read(cut.replace("~", "\r\n"))).isInstanceOf(EOFException.class);
    }

    private int status(String text) {
        return catchThrowableOfType(HttpFormatException.class, () -> read(text)).status();
    }
}
