package dev.cnilab.host;

import java.io.IOException;

/** A failed system call: the operation and the kernel's error number. */
public final class ErrnoException extends IOException {

    private final int errno;

    public ErrnoException(String operation, int errno) {
        super(operation + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }
}
