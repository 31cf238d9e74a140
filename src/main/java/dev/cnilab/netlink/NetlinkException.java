package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A netlink operation that failed: what was attempted, the kernel's error and its explanation. */
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

    /** The socket itself failed. */
    NetlinkException(String operation, ErrnoException cause) {
        this(operation, cause.errno(), cause.getMessage());
        initCause(cause);
    }

    /** The answer can't be understood; its error is EBADMSG. */
    NetlinkException(String operation, MalformedMessageException cause) {
        this(operation, Errno.EBADMSG.number(), cause.getMessage());
        initCause(cause);
    }

    /** What was attempted, in iproute2's or nft's words. */
    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }

    /** The kernel's own words (extended acknowledgement), where it gave some. */
    public @Nullable String extAck() {
        return extAck;
    }
}
