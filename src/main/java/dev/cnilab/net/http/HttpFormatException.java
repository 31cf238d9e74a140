package dev.cnilab.net.http;

import java.io.IOException;

/** What came is no HTTP/1.1 message, or is over a limit; the connection cannot be used further. */
public final class HttpFormatException extends IOException {

    private final int status;

    /**
     * @param status what a server answers: 400, 413 or 431
     */
    HttpFormatException(int status, String message) {
        super(message);
        this.status = status;
    }

    static HttpFormatException malformed(String message) {
        return new HttpFormatException(400, message);
    }

    /** The status that a server answers: 400, 413 or 431. */
    public int status() {
        return status;
    }
}
