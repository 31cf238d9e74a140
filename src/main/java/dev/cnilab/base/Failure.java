package dev.cnilab.base;

import java.io.IOException;

/** An error that the user can act on: what happened, its details and a fix. */
public final class Failure extends IOException {

    /** The category of a failure; each has its own exit code. */
    public enum Kind {
        /** The lab file or the command line is invalid. */
        USAGE,
        /** This machine does not meet a requirement. */
        PREFLIGHT,
        /** A cluster could not be created, reached or deleted. */
        PROVIDER,
        /** A condition was not met within its timeout. */
        TIMEOUT,
        /** The user interrupted the command. */
        INTERRUPTED
    }

    private final Kind kind;
    private final String id;
    private final String evidence;
    private final Remedy remedy;

    /**
     * Creates a failure without a cause.
     *
     * @param id stable identifier to search for, words joined by hyphens: {@code node-not-ready}
     * @param what what happened: one sentence without a full stop
     * @param evidence details, such as output; may have several lines, may be empty
     */
    public Failure(Kind kind, String id, String what, String evidence, Remedy remedy) {
        super(what);
        this.kind = kind;
        this.id = id;
        this.evidence = evidence;
        this.remedy = remedy;
    }

    /**
     * Creates a failure as {@link #Failure(Kind, String, String, String, Remedy)} does, whose fix
     * lab has no command for.
     *
     * @param advice how to fix it, in prose; may be empty
     */
    public Failure(Kind kind, String id, String what, String evidence, String advice) {
        this(kind, id, what, evidence, Remedy.advise(advice));
    }

    /**
     * Creates a failure as {@link #Failure(Kind, String, String, String, String)} does, with its
     * cause.
     */
    public Failure(
            Kind kind, String id, String what, String evidence, String advice, Throwable cause) {
        this(kind, id, what, evidence, Remedy.advise(advice), cause);
    }

    /**
     * Creates a failure as {@link #Failure(Kind, String, String, String, Remedy)} does, with its
     * cause.
     */
    public Failure(
            Kind kind, String id, String what, String evidence, Remedy remedy, Throwable cause) {
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

    public Remedy remedy() {
        return remedy;
    }
}
