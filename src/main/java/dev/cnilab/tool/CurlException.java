package dev.cnilab.tool;

/** A request that failed, with curl's exit code. */
final class CurlException extends Exception {

    static final int UNSUPPORTED_PROTOCOL = 1;
    static final int MALFORMED_URL = 3;
    static final int COULD_NOT_RESOLVE = 6;
    static final int COULD_NOT_CONNECT = 7;
    static final int WEIRD_REPLY = 8;
    static final int PARTIAL_FILE = 18;
    static final int HTTP_ERROR = 22;
    static final int TIMED_OUT = 28;
    static final int EMPTY_REPLY = 52;
    static final int RECEIVE_FAILED = 56;

    private final int exitCode;

    CurlException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
