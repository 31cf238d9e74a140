package dev.cnilab.host;

import java.io.IOException;

/** Process sessions: credentials(7). */
public final class Session {

    private Session() {}

    /** Detaches this process from its parent's terminal and process group: setsid(2). */
    public static void begin() throws IOException {
        try {
            Syscall.SETSID.call("setsid");
        } catch (ErrnoException e) {
            // It already leads a process group and so is detached from its parent's.
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
        }
    }
}
