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

    /** Once for each failure, however deep it happened. */
    static NetlinkException of(String operation, IOException cause) {
        if (cause instanceof NetlinkException already) {
            return already;
        }
        int errno = cause instanceof ErrnoException e ? e.errno() : Errno.EIO.number();
        NetlinkException failure = new NetlinkException(operation, errno, cause.getMessage());
        failure.initCause(cause);
        return failure;
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
