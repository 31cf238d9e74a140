package dev.cnilab.kube.http;

import dev.cnilab.kube.ApiException;
import dev.cnilab.net.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param path the decoded segments of the path, without empty ones at its ends
 * @param query each parameter's values in their order, decoded
 * @param headers by name in lower case; of a repeated header the values joined by a comma
 * @param content the body
 * @param certified the client has authenticated with a certificate of the server's CA
 */
public record Request(
        String method,
        List<String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] content,
        boolean certified) {

    /**
     * @throws ApiException when the target's percent-encoding is malformed
     */
    static Request of(HttpRequest received, boolean certified) {
        String[] target = received.target().split("\\?", 2);
        return new Request(
                received.method(),
                segments(target[0]),
                parameters(target.length == 1 ? "" : target[1]),
                received.headers(),
                received.body(),
                certified);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.substring(1).split("/"))
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, List<String>> parameters(String query) {
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
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("malformed percent-encoding in the request's target");
        }
    }

    /** The header's value, "" where it is absent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body, read as UTF-8. */
    public String body() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The parameter's first value. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** A boolean parameter: true for {@code ?name=true} and {@code ?name=1}, as in Kubernetes. */
    public boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    /** True if the client requests an upgrade to WebSocket (RFC 6455, section 4.2.1). */
    public boolean wantsWebSocket() {
        return header("upgrade").equalsIgnoreCase("websocket");
    }

    /** True if the client requests an upgrade to SPDY/3.1. */
    public boolean wantsSpdy() {
        return header("upgrade").equalsIgnoreCase("SPDY/3.1");
    }

    /** The requested path, for messages. */
    public String fullPath() {
        return "/" + String.join("/", path);
    }
}
