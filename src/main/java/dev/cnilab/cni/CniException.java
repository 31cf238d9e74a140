package dev.cnilab.cni;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** A CNI operation that failed, as the runtime is told: a code, a message, and more on request. */
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
        /** The namespace can't serve: libcni's {@code ErrInvalidNetNS}. */
        NETNS(8),
        /** Try again later. */
        TRY_AGAIN(11),
        /** STATUS: can't serve ADD. */
        UNAVAILABLE(50),
        /** No address is left in the node's subnet. */
        EXHAUSTED(100),
        /** A device, address or port that this needs belongs to something else. */
        CONFLICT(101),
        /** CHECK found another state than ADD left. */
        CHECK_FAILED(102),
        /** A fault of this plugin. */
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
     * @param details what to look at or to do; empty when the message says all
     */
    public CniException(Code code, String message, String details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    /** Any other failure in the words of CNI. */
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

    /** The error as it goes to stdout, suppressed failures of the clean-up included. */
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
