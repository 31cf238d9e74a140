package dev.cnilab.tool;

import dev.cnilab.net.http.DeadlineInput;
import dev.cnilab.net.http.HttpFormatException;
import dev.cnilab.net.http.ResponseHead;
import dev.cnilab.net.http.ResponseReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One GET over a connection of its own. Plain sockets: java.net.http takes five times as long to
 * start.
 */
final class HttpGet {

    private static final int HEAD_BYTES = 64 << 10;
    private static final int BODY_BYTES = 1 << 30;

    /**
     * @param head status line and headers, with the blank line
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Response(int status, String head, byte[] body) {

        /** For a request that got no answer. */
        static final Response NONE = new Response(0, "", new byte[0]);
    }

    private final URI url;
    private final List<String> headers;
    private final long start = System.nanoTime();

    HttpGet(URI url, List<String> headers) {
        this.url = url;
        this.headers = headers;
    }

    Response run(Duration connect, Duration total) throws CurlException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        try (Socket socket = new Socket()) {
            connect(socket, port, connect);
            socket.getOutputStream().write(request());
            DeadlineInput in = new DeadlineInput(socket);
            in.within(total.minusMillis(millis()));
            return read(new ResponseReader(in, HEAD_BYTES, BODY_BYTES));
        } catch (SocketTimeoutException e) {
            throw new CurlException(
                    CurlException.TIMED_OUT,
                    "Operation timed out after " + millis() + " milliseconds");
        } catch (IOException e) {
            throw new CurlException(
                    CurlException.RECEIVE_FAILED, "Recv failure: " + e.getMessage());
        }
    }

    private void connect(Socket socket, int port, Duration timeout) throws CurlException {
        try {
            InetAddress address = InetAddress.getByName(url.getHost());
            socket.connect(
                    new InetSocketAddress(address, port), (int) Math.max(1, timeout.toMillis()));
        } catch (UnknownHostException e) {
            throw new CurlException(
                    CurlException.COULD_NOT_RESOLVE, "Could not resolve host: " + url.getHost());
        } catch (SocketTimeoutException e) {
            throw new CurlException(
                    CurlException.TIMED_OUT,
                    "Connection timed out after " + millis() + " milliseconds");
        } catch (IOException e) {
            throw new CurlException(
                    CurlException.COULD_NOT_CONNECT,
                    "Failed to connect to "
                            + url.getHost()
                            + " port "
                            + port
                            + " after "
                            + millis()
                            + " ms: "
                            + e.getMessage());
        }
    }

    private byte[] request() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder request = new StringBuilder("GET ").append(path);
        if (url.getRawQuery() != null) {
            request.append('?').append(url.getRawQuery());
        }
        request.append(" HTTP/1.1\r\nHost: ").append(url.getRawAuthority());
        request.append("\r\nUser-Agent: lab\r\nAccept: */*\r\nConnection: close\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        return request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Response read(ResponseReader in) throws IOException, CurlException {
        ResponseHead head = head(in);
        try {
            return new Response(head.status(), head.text(), in.body(head));
        } catch (EOFException e) {
            throw new CurlException(CurlException.PARTIAL_FILE, String.valueOf(e.getMessage()));
        }
    }

    private static ResponseHead head(ResponseReader in) throws IOException, CurlException {
        try {
            return in.head()
                    .orElseThrow(() ->
                            new CurlException(
                                    CurlException.EMPTY_REPLY, "Empty reply from server"));
        } catch (HttpFormatException e) {
            throw new CurlException(CurlException.WEIRD_REPLY, "Weird reply: " + e.getMessage());
        }
    }

    private long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
