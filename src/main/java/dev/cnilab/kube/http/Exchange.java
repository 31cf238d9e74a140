package dev.cnilab.kube.http;

import dev.cnilab.kube.ApiException;
import dev.cnilab.net.http.DeadlineInput;
import dev.cnilab.net.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request and its response: whole, streamed in chunks, or a WebSocket. */
public final class Exchange {
    private final Request request;
    private final DeadlineInput in;
    private final OutputStream out;
    private boolean begun;
    private boolean reusable;

    Exchange(Request request, DeadlineInput in, OutputStream out) {
        this.request = request;
        this.in = in;
        this.out = out;
        reusable = !request.header("connection").equalsIgnoreCase("close");
    }

    public Request request() {
        return request;
    }

    /** Sends a whole response. */
    public void send(int code, String contentType, byte[] body) throws IOException {
        send(code, contentType, List.of(), body);
    }

    /**
     * Sends a whole response with warnings.
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
     * Starts a streamed response; each flush sends a chunk, closing ends the response. The
     * connection serves no further request.
     *
     * @param onHangUp runs once when the client disconnects
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
                // The client sends no further request; any data is discarded.
            }
        } catch (IOException e) {
            // A reset connection is a disconnect, too.
        }
        onHangUp.run();
    }

    /**
     * Turns the connection into a WebSocket.
     *
     * @param protocols supported subprotocols, preferred first; empty if none is required
     * @throws ApiException 400 if the client offers none of them
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
        String protocol = chosen.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + chosen;
        switchTo("websocket", "Sec-WebSocket-Accept: " + accept + protocol);
        return new WebSocket(in, out);
    }

    /** The raw connection after a protocol upgrade. */
    public record Duplex(InputStream in, OutputStream out) {}

    /**
     * Upgrades the connection to another protocol (RFC 9110, section 7.8).
     *
     * @param protocol its name in the header Upgrade
     * @param header a further header line of the response
     */
    public Duplex upgrade(String protocol, String header) throws IOException {
        switchTo(protocol, header);
        return new Duplex(in, out);
    }

    private void switchTo(String protocol, String headers) throws IOException {
        begun = true;
        reusable = false;
        write(
                "%sUpgrade: %s\r\nConnection: Upgrade\r\n%s\r\n\r\n"
                        .formatted(HttpStatus.line(101), protocol, headers));
        out.flush();
        in.withoutEnd();
    }

    private void begin(int code, String contentType, String framing) throws IOException {
        begun = true;
        write(
                "%sContent-Type: %s\r\nCache-Control: no-cache, private\r\n%s%s\r\n\r\n"
                        .formatted(
                                HttpStatus.line(code),
                                contentType,
                                reusable ? "" : "Connection: close\r\n",
                                framing));
    }

    private void write(String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** True once a response has begun; later failures cannot be reported by a status code. */
    boolean begun() {
        return begun;
    }

    boolean reusable() {
        return reusable;
    }
}
