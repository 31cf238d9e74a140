package dev.cnilab.base;

import java.io.IOException;

/**
 * Something that went wrong in a way that the user can act on: what happened, what shows it, and
 * what to do.
 */
public final class Failure extends IOException {

    /** What sort it is; each has its exit code. */
    public enum Kind {
        /** The file or the command line is wrong. */
        USAGE,
        /** This machine lacks something that is needed. */
        PREFLIGHT,
        /** Making, reaching or unmaking a cluster went wrong. */
        PROVIDER,
        /** Something did not come about in its time. */
        TIMEOUT,
        /** The user did not want to wait for its end. */
        INTERRUPTED
    }

    private final Kind kind;
    private final String id;
    private final String evidence;
    private final String remedy;

    /**
     * @param id stable, in words joined by hyphens, to search for: {@code node-not-ready}
     * @param what happened, a sentence without its full stop
     * @param evidence what shows it; may have several lines, may be empty
     * @param remedy what to do or the command that mends it; may be empty
     */
    public Failure(Kind kind, String id, String what, String evidence, String remedy) {
        super(what);
        this.kind = kind;
        this.id = id;
        this.evidence = evidence;
        this.remedy = remedy;
    }

    /** {@link #Failure(Kind, String, String, String, String)} with what caused it. */
    public Failure(
            Kind kind, String id, String what, String evidence, String remedy, Throwable cause) {
        this(kind, id, what, evidence, remedy);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    public String id() {
        return id;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String evidence() {
        return evidence;
    }

    public String remedy() {
        return remedy;
    }
}
