package dev.cnilab.net.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Reads any bytes as requests and as responses, within limits. */
public final class HttpFuzz {

    private static final int LIMIT = 1024;

    private HttpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        try {
            RequestReader requests =
                    new RequestReader(
                            new ByteArrayInputStream(data),
                            OutputStream.nullOutputStream(),
                            LIMIT,
                            LIMIT);
            for (int i = 0; i < LIMIT && requests.read().isPresent(); i++) {
                // One after another.
            }
        } catch (IOException e) {
            // Not a request.
        }
        try {
            ResponseReader responses =
                    new ResponseReader(new ByteArrayInputStream(data), LIMIT, LIMIT);
            Optional<ResponseHead> head = responses.head();
            if (head.isPresent()) {
                responses.body(head.get());
            }
        } catch (IOException e) {
            // Not a response.
        }
    }
}
