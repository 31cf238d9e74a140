package dev.cnilab.netlink;

/** Bytes that are no netlink message, or lack what their kind of message must have. */
public final class MalformedMessageException extends Exception {

    public MalformedMessageException(String detail) {
        super(detail);
    }
}
