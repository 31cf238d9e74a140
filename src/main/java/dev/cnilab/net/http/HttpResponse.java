package dev.cnilab.net.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request, the last on its connection.
 *
 * @param type of the body
 * @param headers further ones, each a line with its end
 */
public record HttpResponse(int status, String type, String headers, String body) {

    public static HttpResponse text(int status, String body) {
        return new HttpResponse(status, "text/plain; charset=utf-8", "", body);
    }

    public static HttpResponse json(int status, String body) {
        return new HttpResponse(status, "application/json", "", body);
    }

    /** The answer to what is no request. */
    public static HttpResponse to(HttpFormatException malformed) {
        return text(malformed.status(), malformed.getMessage() + "\n");
    }

    public HttpResponse with(String header, String value) {
        return new HttpResponse(status, type, headers + header + ": " + value + "\r\n", body);
    }

    public void write(OutputStream out) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head =
                HttpStatus.line(status)
                        + "Content-Type: "
                        + type
                        + "\r\n"
                        + headers
                        + "Content-Length: "
                        + length
                        + "\r\nConnection: close\r\n\r\n";
        out.write((head + body).getBytes(StandardCharsets.UTF_8));
    }
}
