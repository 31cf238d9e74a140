package dev.cnilab.netlink;

/** Bytes that are not a valid netlink message, or lack a required part. */
public final class MalformedMessageException extends Exception {

    public MalformedMessageException(String detail) {
        super(detail);
    }
}
