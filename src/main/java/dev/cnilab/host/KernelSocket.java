package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * A socket of a family that the JDK does not offer (netlink, packet, raw). It stays in the network
 * namespace of the thread that opened it.
 *
 * <p>One thread may send while another receives; each direction is for one thread at a time.
 */
public final class KernelSocket implements AutoCloseable {

    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;

    private final Fd fd;

    private KernelSocket(Fd fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket: socket(2).
     *
     * @throws ErrnoException EPERM without the required capability, EAFNOSUPPORT when the kernel
     *     lacks the family
     */
    public static KernelSocket open(int domain, int type, int protocol) throws IOException {
        long number =
                Syscall.SOCKET.call("socket " + domain, domain, type | SOCK_CLOEXEC, protocol);
        return new KernelSocket(new Fd((int) number));
    }

    /**
     * Binds the socket: bind(2).
     *
     * @param address a {@code struct sockaddr} of the socket's family
     */
    public void bind(byte[] address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(address.length, 8);
            copyIn(address, memory);
            Syscall.BIND.call("bind", fd.number(), memory.address(), address.length);
        }
    }

    /**
     * Returns the {@code struct sockaddr} of {@code size} bytes that the socket is bound to:
     * getsockname(2).
     */
    public byte[] localAddress(int size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(size, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
            Syscall.GETSOCKNAME.call(
                    "getsockname", fd.number(), memory.address(), length.address());
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * Connects the socket: connect(2).
     *
     * @param address a {@code struct sockaddr} of the socket's family
     */
    public void connect(byte[] address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(address.length, 8);
            copyIn(address, memory);
            Syscall.CONNECT.call("connect", fd.number(), memory.address(), address.length);
        }
    }

    public void setOption(int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            setOption(level, option, memory);
        }
    }

    public void setOption(int level, int option, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(value.length, 8);
            copyIn(value, memory);
            setOption(level, option, memory);
        }
    }

    /** Reads an option of {@code size} bytes: getsockopt(2). */
    public byte[] option(int level, int option, int size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(size, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
            Syscall.GETSOCKOPT.call(
                    "getsockopt " + level + "/" + option,
                    fd.number(),
                    level,
                    option,
                    memory.address(),
                    length.address());
            return memory.asSlice(0, length.get(ValueLayout.JAVA_INT, 0))
                    .toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Sets the receive buffer's size; root may exceed the system's limit (net.core.rmem_max). */
    public void receiveBuffer(int bytes) throws IOException {
        buffer(SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    }

    /** Sets the send buffer's size; root may exceed the system's limit (net.core.wmem_max). */
    public void sendBuffer(int bytes) throws IOException {
        buffer(SO_SNDBUFFORCE, SO_SNDBUF, bytes);
    }

    /**
     * Sets a buffer's size. Root of a user namespace may not exceed the limit and gets at most
     * that.
     */
    private void buffer(int beyondLimit, int upToLimit, int bytes) throws IOException {
        try {
            setOption(SOL_SOCKET, beyondLimit, bytes);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            setOption(SOL_SOCKET, upToLimit, bytes);
        }
    }

    /** Makes {@link #receive} fail with EAGAIN after that time; zero waits indefinitely. */
    public void receiveTimeout(Duration timeout) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timeval =
                    arena.allocateFrom(
                            ValueLayout.JAVA_LONG,
                            timeout.toSeconds(),
                            timeout.toNanosPart() / 1000);
            setOption(SOL_SOCKET, SO_RCVTIMEO, timeval);
        }
    }

    public void send(byte[] message) throws IOException {
        send(message, new byte[0]);
    }

    /**
     * Sends a datagram: sendto(2).
     *
     * @param address a {@code struct sockaddr}, or empty
     */
    public void send(byte[] message, byte[] address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(message.length, 8);
            copyIn(message, memory);
            MemorySegment to = arena.allocate(Math.max(1, address.length), 8);
            copyIn(address, to);
            Syscall.SENDTO.call(
                    "sendto",
                    fd.number(),
                    memory.address(),
                    message.length,
                    0,
                    address.length == 0 ? 0 : to.address(),
                    address.length);
        }
    }

    /**
     * Receives a datagram: recvfrom(2).
     *
     * @return the number of bytes written to the buffer; a longer datagram is truncated
     * @throws ErrnoException EAGAIN after the receive timeout; ENOBUFS when the kernel dropped
     *     messages; EBADF after close
     */
    public int receive(byte[] buffer) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(buffer.length, 8);
            int count =
                    (int)
                            Syscall.RECVFROM.call(
                                    "recvfrom", fd.number(), memory.address(), buffer.length, 0);
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, buffer, 0, count);
            return count;
        }
    }

    Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }

    private void setOption(int level, int option, MemorySegment value) throws IOException {
        Syscall.SETSOCKOPT.call(
                "setsockopt " + level + "/" + option,
                fd.number(),
                level,
                option,
                value.address(),
                value.byteSize());
    }

    private static void copyIn(byte[] bytes, MemorySegment memory) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }
}
