package dev.cnilab.kube.http;

import dev.cnilab.kube.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request and the one answer to it: whole, streamed in chunks, or a WebSocket. */
public final class Exchange {
    private static final Map<Integer, String> PHRASES =
            Map.ofEntries(
                    Map.entry(200, "OK"),
                    Map.entry(201, "Created"),
                    Map.entry(204, "No Content"),
                    Map.entry(400, "Bad Request"),
                    Map.entry(401, "Unauthorized"),
                    Map.entry(403, "Forbidden"),
                    Map.entry(404, "Not Found"),
                    Map.entry(405, "Method Not Allowed"),
                    Map.entry(406, "Not Acceptable"),
                    Map.entry(408, "Request Timeout"),
                    Map.entry(409, "Conflict"),
                    Map.entry(410, "Gone"),
                    Map.entry(413, "Content Too Large"),
                    Map.entry(415, "Unsupported Media Type"),
                    Map.entry(422, "Unprocessable Content"),
                    Map.entry(431, "Request Header Fields Too Large"),
                    Map.entry(500, "Internal Server Error"),
                    Map.entry(501, "Not Implemented"),
                    Map.entry(504, "Gateway Timeout"));

    private final Request request;
    private final Input in;
    private final OutputStream out;
    private boolean begun;
    private boolean reusable;

    Exchange(Request request, Input in, OutputStream out) {
        this.request = request;
        this.in = in;
        this.out = out;
        reusable = !request.header("connection").equalsIgnoreCase("close");
    }

    public Request request() {
        return request;
    }

    /** Answers in one piece. */
    public void send(int code, String contentType, byte[] body) throws IOException {
        send(code, contentType, List.of(), body);
    }

    /**
     * Answers in one piece, with what the client should know besides.
     *
     * @param warnings shown to the user by kubectl (RFC 7234, section 5.5, code 299)
     */
    public void send(int code, String contentType, List<String> warnings, byte[] body)
            throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String warning : warnings) {
            String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"");
            headers.append("Warning: 299 - \"").append(quoted).append("\"\r\n");
        }
        begin(code, contentType, headers + "Content-Length: " + body.length);
        out.write(body);
        out.flush();
    }

    /**
     * Answers with a stream; each flush goes out as a chunk, closing ends the answer. The
     * connection serves no further request.
     *
     * @param onHangUp runs once when the client goes away
     */
    public OutputStream stream(String contentType, Runnable onHangUp) throws IOException {
        reusable = false;
        begin(200, contentType, "Transfer-Encoding: chunked");
        out.flush();
        in.withoutEnd();
        Thread.ofPlatform().daemon().name("hang-up").start(() -> awaitHangUp(onHangUp));
        return new ChunkedOutput(out);
    }

    private void awaitHangUp(Runnable onHangUp) {
        try {
            while (in.read() >= 0) {
                // A client that streams has nothing more to say; what it says anyway is dropped.
            }
        } catch (IOException e) {
            // A reset connection is one that was hung up, too.
        }
        onHangUp.run();
    }

    /**
     * Turns the connection into a WebSocket.
     *
     * @param protocols those the server speaks, best first; none where the client need not choose
     * @throws ApiException 400 where the client offers none of them
     */
    public WebSocket upgrade(List<String> protocols) throws IOException {
        List<String> offered =
                List.of(request.header("sec-websocket-protocol").trim().split("\\s*,\\s*"));
        String chosen =
                protocols.stream()
                        .filter(offered::contains)
                        .findFirst()
                        .orElse(protocols.isEmpty() ? offered.getFirst() : null);
        if (chosen == null) {
            throw ApiException.badRequest(
                    "none of the offered WebSocket protocols "
                            + offered
                            + " is one of "
                            + protocols);
        }
        String accept = WebSocket.accept(request.header("sec-websocket-key"));
        String protocol = chosen.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + chosen + "\r\n";
        begun = true;
        reusable = false;
        write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: %s\r\n%s\r\n".formatted(accept, protocol));
        out.flush();
        in.withoutEnd();
        return new WebSocket(in, out);
    }

    /** The connection, once both sides speak something else than HTTP on it. */
    public record Duplex(InputStream in, OutputStream out) {}

    /**
     * Turns the connection into one of another protocol (RFC 9110, section 7.8).
     *
     * @param protocol its name in the header Upgrade
     * @param header what else the client should know, a whole line
     */
    public Duplex upgrade(String protocol, String header) throws IOException {
        begun = true;
        reusable = false;
        write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: %s\r\nConnection: Upgrade\r\n%s\r\n\r\n"
                        .formatted(protocol, header));
        out.flush();
        in.withoutEnd();
        return new Duplex(in, out);
    }

    private void begin(int code, String contentType, String framing) throws IOException {
        begun = true;
        write(
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nCache-Control: no-cache, private\r\n%s%s\r\n\r\n"
                        .formatted(
                                code,
                                PHRASES.getOrDefault(code, "Other"),
                                contentType,
                                reusable ? "" : "Connection: close\r\n",
                                framing));
    }

    private void write(String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** True once an answer has begun: what fails after that cannot be told by a status code. */
    boolean begun() {
        return begun;
    }

    boolean reusable() {
        return reusable;
    }
}
