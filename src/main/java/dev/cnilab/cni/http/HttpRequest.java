package dev.cnilab.cni.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request of HTTP/1.1 (RFC 9112), its body by Content-Length.
 *
 * @param headers by name, in lower case
 */
public record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {

    /** The kernel's limit for one variable, which may become a header, is 128 KiB. */
    private static final int MAX_HEAD = 256 << 10;

    private static final int MAX_BODY = 1 << 20;

    /**
     * @throws MalformedRequestException when this is none
     */
    static HttpRequest read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new MalformedRequestException("no request line of HTTP/1.1");
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                throw new MalformedRequestException("a header without a colon");
            }
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int length = length(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new MalformedRequestException("the body ends early");
        }
        return new HttpRequest(words[0], words[1], Map.copyOf(headers), body);
    }

    /** The request line and the headers, without the empty line. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        for (int state = 0; state < 4; ) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD) {
                throw new MalformedRequestException("no end of the headers");
            }
            head.write(next);
            boolean wanted = next == (state % 2 == 0 ? '\r' : '\n');
            state = wanted ? state + 1 : next == '\r' ? 1 : 0;
        }
        String text = head.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 4);
    }

    private static int length(String value) throws MalformedRequestException {
        if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) > MAX_BODY) {
            throw new MalformedRequestException("Content-Length is not in 0.." + MAX_BODY);
        }
        return Integer.parseInt(value);
    }
}
