package dev.cnilab.host;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends ICMP messages and receives all ICMP messages that reach this network namespace (raw(7)).
 */
public final class IcmpSocket implements AutoCloseable {

    /**
     * Path MTU discovery mode of sent packets: {@code IP_MTU_DISCOVER} of ip(7), ping's {@code -M}.
     */
    public enum Fragmentation {
        /** The kernel's default: sets DF according to the path MTU that it knows. */
        WANT(1),
        /** Always sets DF; the kernel refuses packets larger than the path MTU it knows. */
        DO(2),
        /** Never sets DF. */
        DONT(0),
        /** Sets DF but ignores the path MTU that the kernel knows. */
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
     * Opens a socket in the calling thread's network namespace.
     *
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
     * Sends a message.
     *
     * @param message ICMP header and payload, with the checksum
     * @throws ErrnoException EMSGSIZE when it would need fragmenting and DF is set; ENETUNREACH
     *     without a route
     */
    public void send(Ipv4Address destination, byte[] message) throws IOException {
        socket.send(message, address(destination, 0));
    }

    /**
     * Waits for the next ICMP message, whichever process it answers.
     *
     * @return the whole IPv4 packet; empty after the timeout
     */
    public Optional<byte[]> receive(Duration timeout) throws IOException {
        // A timeout of zero would block indefinitely.
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

    /** Returns the path MTU to that address as the kernel knows it, in bytes. */
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

    /**
     * Builds a {@code struct sockaddr_in}: the family in host byte order, port and address in
     * network order.
     */
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
