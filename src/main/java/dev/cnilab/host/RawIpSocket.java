package dev.cnilab.host;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * A raw IPv4 socket of one protocol on one local address. It sends and receives whole packets,
 * including their IP header; the kernel reassembles fragments first.
 *
 * <p>One thread may send while another receives.
 */
public final class RawIpSocket implements AutoCloseable {

    // include/linux/socket.h, include/uapi/linux/in.h
    private static final int AF_INET = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_IP = 0;
    private static final int IP_HDRINCL = 3;
    private static final int MSG_DONTWAIT = 0x40;

    /** Size of {@code struct sockaddr_in}: family, port, address, eight bytes of padding. */
    private static final int SOCKADDR_IN = 16;

    private static final int ADDRESS = 4;
    private static final ValueLayout.OfInt NETWORK_INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    /** The wait is repeated, so its length is arbitrary. */
    private static final Duration WAIT = Duration.ofHours(1);

    private final KernelSocket socket;
    private final EventFd cancellation;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment destination = arena.allocate(SOCKADDR_IN, 8);

    private RawIpSocket(KernelSocket socket, EventFd cancellation) {
        this.socket = socket;
        this.cancellation = cancellation;
        destination.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
    }

    /**
     * Opens a socket in the calling thread's network namespace.
     *
     * @param buffer size of each direction's buffer in bytes
     * @throws ErrnoException EPERM without CAP_NET_RAW; EADDRNOTAVAIL when no interface has the
     *     address
     */
    public static RawIpSocket open(int protocol, Ipv4Address local, int buffer) throws IOException {
        KernelSocket socket = KernelSocket.open(AF_INET, SOCK_RAW, protocol);
        try {
            socket.setOption(IPPROTO_IP, IP_HDRINCL, 1);
            socket.receiveBuffer(buffer);
            socket.sendBuffer(buffer);
            socket.bind(
                    ByteBuffer.allocate(SOCKADDR_IN)
                            .order(ByteOrder.nativeOrder())
                            .putShort((short) AF_INET)
                            .put(ADDRESS, local.toBytes())
                            .array());
            return new RawIpSocket(socket, new EventFd());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Waits for the next packet and writes it to the buffer from its position on.
     *
     * @param buffer direct
     * @return the packet's length; -1 once {@link #stop stopped}
     */
    public int receive(ByteBuffer buffer) throws IOException {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        int fd = socket.fd().number();
        while (true) {
            long count =
                    Syscall.RECVFROM.raw(fd, memory.address(), memory.byteSize(), MSG_DONTWAIT);
            if (count >= 0) {
                return (int) count;
            }
            if (count != -Errno.EAGAIN.number() && count != -Errno.EINTR.number()) {
                throw new ErrnoException("receive from the raw socket", (int) -count);
            }
            if (cancellation.await(socket.fd(), WAIT) == EventFd.Outcome.CANCELLED) {
                return -1;
            }
        }
    }

    /**
     * Sends a packet, from the buffer's position to its limit. The kernel fills in its length and
     * its header checksum.
     *
     * @param buffer direct
     * @param to the next host's address in network order, as a big-endian integer
     * @return whether the kernel accepted it; it refuses a packet without a route, one that a
     *     firewall rejects, and one larger than the link's MTU
     */
    public boolean send(ByteBuffer buffer, int to) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        destination.set(NETWORK_INT, ADDRESS, to);
        return Syscall.SENDTO.raw(
                        socket.fd().number(),
                        memory.address(),
                        memory.byteSize(),
                        0,
                        destination.address(),
                        SOCKADDR_IN)
                >= 0;
    }

    /** Stops current and future calls of {@link #receive}. */
    public void stop() throws IOException {
        cancellation.cancel();
    }

    /** Closes the socket. Only when no thread is in {@link #receive} or {@link #send}. */
    @Override
    public void close() {
        socket.close();
        cancellation.close();
        arena.close();
    }
}
