package dev.cnilab.kube.http;

import dev.cnilab.kube.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads requests as RFC 9112 spells them; what it cannot read it refuses with 400, 413 or 431. */
final class RequestReader {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final Input in;
    private final OutputStream out;
    private final Limits limits;
    private final BooleanSupplier certified;
    private int headLeft;

    /**
     * @param certified whether the client has shown a certificate
     */
    RequestReader(Input in, OutputStream out, Limits limits, BooleanSupplier certified) {
        this.in = in;
        this.out = out;
        this.limits = limits;
        this.certified = certified;
    }

    /**
     * The next request; empty when the client has closed.
     *
     * @throws ApiException what is wrong with the request; the connection cannot be used further
     */
    Optional<Request> read() throws IOException {
        headLeft = limits.headBytes();
        in.within(limits.idle());
        Optional<String> first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        in.within(limits.receive());
        String[] words = first.get().split(" ", -1);
        if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
            throw ApiException.badRequest("not an HTTP/1.1 request line");
        }
        Map<String, String> headers = headers();
        String[] target = words[1].split("\\?", 2);
        try {
            Request request =
                    new Request(
                            words[0],
                            path(target[0]),
                            query(target.length == 1 ? "" : target[1]),
                            headers,
                            body(headers),
                            certified.getAsBoolean());
            in.complete();
            return Optional.of(request);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("malformed percent-encoding in the request's target");
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = mustLine(); !line.isEmpty(); line = mustLine()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
                throw ApiException.badRequest("malformed header line");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (a, b) -> a + "," + b);
        }
        return headers;
    }

    private static List<String> path(String path) {
        return Arrays.stream(path.substring(1).split("/"))
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, List<String>> query(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (!pair.isEmpty()) {
                parameters
                        .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "");
        String length = headers.getOrDefault("content-length", "");
        if (!coding.isEmpty() && (!coding.equalsIgnoreCase("chunked") || !length.isEmpty())) {
            throw ApiException.badRequest("Transfer-Encoding must be chunked, and alone");
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write(CONTINUE.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return coding.isEmpty() ? exactly(number(length.isEmpty() ? "0" : length, 10)) : chunks();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headLeft = limits.headBytes();
            int size = number(mustLine().split(";", 2)[0].trim(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            checkSize(body.size() + (long) size);
            body.write(exactly(size));
            if (!mustLine().isEmpty()) {
                throw ApiException.badRequest("malformed chunk");
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the client closed within a request's body");
        }
        return bytes;
    }

    private int number(String text, int radix) {
        if (text.isEmpty() || text.length() > 10 || Character.digit(text.charAt(0), radix) < 0) {
            throw ApiException.badRequest("malformed length of the body");
        }
        try {
            long number = Long.parseLong(text, radix);
            checkSize(number);
            return (int) number;
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("malformed length of the body");
        }
    }

    private void checkSize(long size) {
        if (size > limits.bodyBytes()) {
            throw new ApiException(
                    413,
                    "RequestEntityTooLarge",
                    "the request's body is over the limit of " + limits.bodyBytes() + " bytes");
        }
    }

    private String mustLine() throws IOException {
        return line().orElseThrow(() -> new EOFException("the client closed within a request"));
    }

    /** One line without its end; empty at the end of the input. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return Optional.empty();
            }
            if (--headLeft < 0) {
                throw new ApiException(
                        431,
                        "BadRequest",
                        "the request's head is over the limit of " + limits.headBytes() + " bytes");
            }
            if (octet < ' ' && octet != '\t' && octet != '\r' || octet == 0x7f) {
                throw ApiException.badRequest("control character in the request's head");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
