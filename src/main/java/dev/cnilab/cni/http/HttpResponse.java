package dev.cnilab.cni.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request, the last on its connection.
 *
 * @param status code and reason: {@code 200 OK}
 * @param type of the body
 */
public record HttpResponse(String status, String type, String body) {

    public static HttpResponse text(String status, String body) {
        return new HttpResponse(status, "text/plain", body);
    }

    public static HttpResponse json(String status, String body) {
        return new HttpResponse(status, "application/json", body);
    }

    void write(OutputStream out) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(status, type, bytes.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }
}
