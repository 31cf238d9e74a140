package dev.cnilab.net.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What requests and responses have in common (RFC 9112): lines, headers, lengths, chunks. */
final class MessageReader {
    private final InputStream in;
    private final int headBytes;
    private final int bodyBytes;
    private int headLeft;

    /**
     * @param headBytes the most that start line and headers may have together
     * @param bodyBytes the most that a body may have
     */
    MessageReader(InputStream in, int headBytes, int bodyBytes) {
        this.in = in;
        this.headBytes = headBytes;
        this.bodyBytes = bodyBytes;
    }

    /** Start line and header lines, without the empty line; empty when nothing came. */
    Optional<List<String>> head() throws IOException {
        headLeft = headBytes;
        Optional<String> start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(start.get()));
        lines.addAll(linesToEmpty());
        return Optional.of(lines);
    }

    static Map<String, String> headers(List<String> head) throws HttpFormatException {
        Map<String, String> headers = new HashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
                throw HttpFormatException.malformed("malformed header line");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (a, b) -> a + "," + b);
        }
        return headers;
    }

    /**
     * A body whose end the headers tell; empty where they tell none.
     *
     * @throws EOFException when it ends earlier
     */
    Optional<byte[]> body(Map<String, String> headers) throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "");
        String length = headers.getOrDefault("content-length", "");
        if (coding.isEmpty()) {
            return length.isEmpty() ? Optional.empty() : Optional.of(exactly(number(length, 10)));
        } else if (!coding.equalsIgnoreCase("chunked") || !length.isEmpty()) {
            throw HttpFormatException.malformed("Transfer-Encoding must be chunked, and alone");
        }
        return Optional.of(chunks());
    }

    /** A body that ends with the connection. */
    byte[] rest() throws IOException {
        byte[] body = in.readNBytes(bodyBytes);
        if (in.read() >= 0) {
            throw tooLong();
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headLeft = headBytes;
            int size = number(mustLine().split(";", 2)[0].trim(), 16);
            if (size == 0) {
                linesToEmpty();
                return body.toByteArray();
            }
            checkSize(body.size() + (long) size);
            body.write(exactly(size));
            if (!mustLine().isEmpty()) {
                throw HttpFormatException.malformed("malformed chunk");
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("end of body with %d of %d bytes".formatted(bytes.length, size));
        }
        return bytes;
    }

    private int number(String text, int radix) throws HttpFormatException {
        if (text.isEmpty() || text.length() > 10 || Character.digit(text.charAt(0), radix) < 0) {
            throw HttpFormatException.malformed("malformed length of the body");
        }
        try {
            long number = Long.parseLong(text, radix);
            checkSize(number);
            return (int) number;
        } catch (NumberFormatException e) {
            throw HttpFormatException.malformed("malformed length of the body");
        }
    }

    private void checkSize(long size) throws HttpFormatException {
        if (size > bodyBytes) {
            throw tooLong();
        }
    }

    private HttpFormatException tooLong() {
        return new HttpFormatException(
                413, "the body is over the limit of " + bodyBytes + " bytes");
    }

    private List<String> linesToEmpty() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = mustLine(); !line.isEmpty(); line = mustLine()) {
            lines.add(line);
        }
        return lines;
    }

    private String mustLine() throws IOException {
        return line().orElseThrow(() -> new EOFException("the connection ended within a message"));
    }

    /** One line without its end; empty at the end of the input. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return Optional.empty();
            }
            if (--headLeft < 0) {
                throw new HttpFormatException(
                        431, "the head is over the limit of " + headBytes + " bytes");
            }
            if (octet < ' ' && octet != '\t' && octet != '\r' || octet == 0x7f) {
                throw HttpFormatException.malformed("control character in the head");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
