package dev.cnilab.host;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Sends ICMP messages and receives all that reach this network namespace (raw(7)). */
public final class IcmpSocket implements AutoCloseable {

    /** Whether the kernel may fragment what is sent: ping's {@code -M}. */
    public enum Fragmentation {
        /** The kernel's default: DF by its knowledge of the path. */
        WANT(1),
        /** Always DF; too large a packet is refused by the kernel. */
        DO(2),
        /** Never DF. */
        DONT(0),
        /** DF, but the kernel's knowledge of the path is not asked: the packet goes out. */
        PROBE(3);

        private final int value;

        Fragmentation(int value) {
            this.value = value;
        }
    }

    // include/linux/socket.h, include/uapi/linux/in.h
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_ICMP = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_MTU = 14;

    private final KernelSocket socket;
    private final byte[] buffer = new byte[65536];

    private IcmpSocket(KernelSocket socket) {
        this.socket = socket;
    }

    /**
     * @param ttl 1 to 255
     */
    public static IcmpSocket open(Fragmentation fragmentation, int ttl) throws IOException {
        IcmpSocket icmp = new IcmpSocket(KernelSocket.open(AF_INET, SOCK_RAW, IPPROTO_ICMP));
        try {
            icmp.socket.setOption(IPPROTO_IP, IP_MTU_DISCOVER, fragmentation.value);
            icmp.socket.setOption(IPPROTO_IP, IP_TTL, ttl);
            return icmp;
        } catch (IOException e) {
            icmp.close();
            throw e;
        }
    }

    /**
     * @param message from the ICMP header on, with its checksum
     * @throws ErrnoException EMSGSIZE when it needs fragmenting and may not; ENETUNREACH without a
     *     route
     */
    public void send(Ipv4Address destination, byte[] message) throws IOException {
        socket.send(message, address(destination, 0));
    }

    /**
     * Waits for the next message of anyone.
     *
     * @return the whole IPv4 packet; empty after that time
     */
    public Optional<byte[]> receive(Duration timeout) throws IOException {
        // Zero would wait for ever.
        Duration least = Duration.ofNanos(1000);
        socket.receiveTimeout(timeout.compareTo(least) < 0 ? least : timeout);
        try {
            return Optional.of(Arrays.copyOf(buffer, socket.receive(buffer)));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The largest packet that the kernel believes to reach that address whole. */
    public static int pathMtu(Ipv4Address destination) throws IOException {
        try (KernelSocket socket = KernelSocket.open(AF_INET, SOCK_DGRAM, 0)) {
            socket.connect(address(destination, 9));
            return ByteBuffer.wrap(socket.option(IPPROTO_IP, IP_MTU, 4))
                    .order(ByteOrder.nativeOrder())
                    .getInt();
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    /** {@code struct sockaddr_in}: the family in this machine's order, port and address not. */
    private static byte[] address(Ipv4Address address, int port) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port)
                .putInt(address.bits())
                .array();
    }
}
