package dev.cnilab.cni;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** A failed CNI operation, as reported to the runtime: a code, a message and optional details. */
public final class CniException extends IOException {

    /** Codes 1 to 99 are the specification's ("Error"), 100 and above this plugin's own. */
    public enum Code {
        /** Incompatible CNI version. */
        VERSION(1),
        /** Necessary environment variables are missing or invalid. */
        ENVIRONMENT(4),
        /** I/O failure. */
        IO(5),
        /** The configuration is no JSON object. */
        DECODE(6),
        /** The configuration is invalid. */
        CONFIG(7),
        /** The network namespace is unusable: libcni's {@code ErrInvalidNetNS}. */
        NETNS(8),
        /** Try again later. */
        TRY_AGAIN(11),
        /** STATUS: ADD would fail. */
        UNAVAILABLE(50),
        /** No address is free in the node's subnet. */
        EXHAUSTED(100),
        /** A required device, address or port is in use by something else. */
        CONFLICT(101),
        /** CHECK found a state that differs from what ADD set up. */
        CHECK_FAILED(102),
        /** An internal error of this plugin. */
        INTERNAL(999);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private final Code code;
    private final String details;

    public CniException(Code code, String message) {
        this(code, message, "");
    }

    /**
     * Creates an error.
     *
     * @param details what to check or how to fix it; may be empty
     */
    public CniException(Code code, String message, String details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    /** Converts any other failure to a CNI error. */
    public static CniException of(Exception cause) {
        if (cause instanceof CniException known) {
            return known;
        }
        Code code = cause instanceof IOException ? Code.IO : Code.INTERNAL;
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        CniException wrapped = new CniException(code, message, cause.toString());
        wrapped.initCause(cause);
        return wrapped;
    }

    public Code code() {
        return code;
    }

    public String details() {
        return details;
    }

    /** Formats the error for stdout, including suppressed failures of the cleanup. */
    public ObjectNode toJson(CniVersion version) {
        StringBuilder all = new StringBuilder(details);
        for (Throwable suppressed : getSuppressed()) {
            all.append(all.isEmpty() ? "" : "; ").append("clean-up: ").append(suppressed);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cniVersion", version.toString());
        json.put("code", code.number);
        json.put("msg", getMessage());
        if (!all.isEmpty()) {
            json.put("details", all.toString());
        }
        return json;
    }
}
