package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failed netlink operation: the operation, the kernel's error number and its explanation. */
public final class NetlinkException extends IOException {

    private final String operation;
    private final int errno;
    private final @Nullable String extAck;

    NetlinkException(String operation, int errno, @Nullable String extAck) {
        super(operation + ": " + Errno.describe(errno) + (extAck == null ? "" : ": " + extAck));
        this.operation = operation;
        this.errno = errno;
        this.extAck = extAck;
    }

    /** Wraps the cause, unless it is a NetlinkException already. */
    static NetlinkException of(String operation, IOException cause) {
        if (cause instanceof NetlinkException already) {
            return already;
        }
        int errno = cause instanceof ErrnoException e ? e.errno() : Errno.EIO.number();
        NetlinkException failure = new NetlinkException(operation, errno, cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** Reports a reply that cannot be decoded, as EBADMSG. */
    NetlinkException(String operation, MalformedMessageException cause) {
        this(operation, Errno.EBADMSG.number(), cause.getMessage());
        initCause(cause);
    }

    /** Returns the operation in the syntax of iproute2 or nft. */
    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }

    /** Returns the kernel's explanation (extended acknowledgement); null without one. */
    public @Nullable String extAck() {
        return extAck;
    }
}
