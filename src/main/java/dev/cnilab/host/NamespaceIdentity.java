package dev.cnilab.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells a network namespace from every other one since the machine was started. */
final class NamespaceIdentity {

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;

    /** include/uapi/asm-generic/socket.h, since Linux 5.14: a count that is never used again. */
    private static final int SO_NETNS_COOKIE = 71;

    private NamespaceIdentity() {}

    /**
     * Of the calling thread's network namespace. Older kernels have no cookie: there it is the
     * inode, which a later namespace may be given again.
     */
    static long current() throws IOException {
        try (KernelSocket socket = KernelSocket.open(AF_INET, SOCK_DGRAM, 0)) {
            byte[] cookie = socket.option(SOL_SOCKET, SO_NETNS_COOKIE, Long.BYTES);
            return ByteBuffer.wrap(cookie).order(ByteOrder.nativeOrder()).getLong();
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOPROTOOPT)) {
                throw e;
            }
            return (long) Files.getAttribute(Path.of("/proc/thread-self/ns/net"), "unix:ino");
        }
    }
}
