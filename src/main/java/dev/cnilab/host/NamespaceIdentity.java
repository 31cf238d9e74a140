package dev.cnilab.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** An identifier that distinguishes a network namespace from all others since boot. */
final class NamespaceIdentity {

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;

    /**
     * include/uapi/asm-generic/socket.h, since Linux 5.14: a counter whose values are never reused.
     */
    private static final int SO_NETNS_COOKIE = 71;

    private NamespaceIdentity() {}

    /**
     * Returns the identity of the calling thread's network namespace: its cookie or, on older
     * kernels, its inode number, which the kernel may reuse.
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
