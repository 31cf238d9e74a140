package dev.cnilab.net.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a client's requests, one after another. */
public final class RequestReader {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final MessageReader in;
    private final OutputStream out;

    /**
     * @param out where a client that asks for it is told to send the body
     * @param headBytes the most that request line and headers may have together
     * @param bodyBytes the most that the body may have
     */
    public RequestReader(InputStream in, OutputStream out, int headBytes, int bodyBytes) {
        this.in = new MessageReader(in, headBytes, bodyBytes);
        this.out = out;
    }

    /**
     * The next request; empty when the client has closed.
     *
     * @throws HttpFormatException when what comes is none, or over a limit
     */
    public Optional<HttpRequest> read() throws IOException {
        Optional<List<String>> head = in.head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String[] words = head.get().getFirst().split(" ", -1);
        if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
            throw HttpFormatException.malformed("not an HTTP/1.1 request line");
        }
        Map<String, String> headers = MessageReader.headers(head.get());
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write(CONTINUE.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        byte[] body = in.body(headers).orElseGet(() -> new byte[0]);
        return Optional.of(new HttpRequest(words[0], words[1], headers, body));
    }
}
