package dev.cnilab.host;

import java.io.IOException;

/** Process sessions: credentials(7). */
public final class Session {

    private Session() {}

    /** Takes this process out of its parent's terminal and process group, for good. */
    public static void begin() throws IOException {
        try {
            Syscall.SETSID.call("setsid");
        } catch (ErrnoException e) {
            // Leading a process group already: it was started by itself, which is as good.
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
        }
    }
}
