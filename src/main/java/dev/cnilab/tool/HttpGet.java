package dev.cnilab.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET over a connection of its own. Plain sockets: java.net.http takes five times as long to
 * start.
 */
final class HttpGet {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})[ \r]");
    private static final Pattern LENGTH =
            Pattern.compile("\r\ncontent-length: *([0-9]{1,9}) *\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHUNKED =
            Pattern.compile("\r\ntransfer-encoding: *chunked *\r\n", Pattern.CASE_INSENSITIVE);
    private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param head status line and headers, with the blank line
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Response(int status, byte[] head, byte[] body) {

        /** For a request that got no answer. */
        static final Response NONE = new Response(0, new byte[0], new byte[0]);
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
            return parse(read(socket, total));
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

    /** Until the server closes: it was asked to. */
    private byte[] read(Socket socket, Duration total) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = socket.getInputStream();
        while (true) {
            long left = total.toMillis() - millis();
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            int count = in.read(buffer);
            if (count < 0) {
                return answer.toByteArray();
            }
            answer.write(buffer, 0, count);
        }
    }

    private static Response parse(byte[] answer) throws CurlException {
        if (answer.length == 0) {
            throw new CurlException(CurlException.EMPTY_REPLY, "Empty reply from server");
        }
        int end = indexOf(answer, BLANK_LINE) + BLANK_LINE.length;
        String head = new String(answer, 0, Math.max(0, end), StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(head);
        if (!status.lookingAt()) {
            throw new CurlException(CurlException.WEIRD_REPLY, "Not an HTTP reply");
        }
        byte[] rest = Arrays.copyOfRange(answer, end, answer.length);
        Matcher length = LENGTH.matcher(head);
        byte[] body = CHUNKED.matcher(head).find() ? joinChunks(rest) : rest;
        if (length.find() && body.length < Integer.parseInt(length.group(1))) {
            throw new CurlException(
                    CurlException.PARTIAL_FILE,
                    "end of response with " + body.length + " of " + length.group(1) + " bytes");
        }
        return new Response(Integer.parseInt(status.group(1)), Arrays.copyOf(answer, end), body);
    }

    private static byte[] joinChunks(byte[] chunked) throws CurlException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int lineEnd = at;
            while (lineEnd < chunked.length && chunked[lineEnd] != '\r') {
                lineEnd++;
            }
            String size = new String(chunked, at, lineEnd - at, StandardCharsets.ISO_8859_1);
            if (!size.matches("[0-9a-fA-F]{1,7}(;.*)?")) {
                throw new CurlException(CurlException.RECEIVE_FAILED, "Malformed chunk");
            }
            int length = Integer.parseInt(size.split(";", 2)[0], 16);
            if (length == 0) {
                return body.toByteArray();
            } else if (lineEnd + 2 + length > chunked.length) {
                throw new CurlException(CurlException.RECEIVE_FAILED, "Cut chunk");
            }
            body.write(chunked, lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -wanted.length;
    }

    private long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
