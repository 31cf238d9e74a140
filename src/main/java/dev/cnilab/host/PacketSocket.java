package dev.cnilab.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Captures every frame that crosses one interface, in both directions, with the kernel's time
 * stamps (packet(7)).
 *
 * <p>One thread reads; any thread may close.
 */
public final class PacketSocket implements AutoCloseable {

    /**
     * The kernel's counters since they were last read.
     *
     * @param received frames, dropped ones included
     * @param dropped frames for which the receive buffer had no room
     */
    public record Counters(long received, long dropped) {}

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_STATISTICS = 6;
    private static final short PACKET_MR_PROMISC = 1;
    private static final int ETH_P_ALL = 3;
    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_TUNNEL = 768;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int ARPHRD_NONE = 0xfffe;
    private static final long SIOCGIFHWADDR = 0x8927;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final int IFNAMSIZ = 16;
    private static final int SOCKADDR_LL = 20;

    /** About 20,000 full-size frames: a burst that arrives while the reader writes to disk. */
    private static final int RECEIVE_BUFFER = 32 << 20;

    private final KernelSocket socket;
    private final String interfaceName;
    private final LinkType linkType;
    private final boolean loopback;
    private final PacketMessage message;
    private final EventFd cancellation;
    private final ReentrantLock reading = new ReentrantLock();
    private boolean closed;

    private PacketSocket(
            KernelSocket socket, String interfaceName, int hardwareType, int snapLength)
            throws IOException {
        this.socket = socket;
        this.interfaceName = interfaceName;
        this.linkType = linkType(interfaceName, hardwareType);
        this.loopback = hardwareType == ARPHRD_LOOPBACK;
        this.cancellation = new EventFd();
        this.message = new PacketMessage(interfaceName, linkType, snapLength);
    }

    /**
     * Starts the capture, in the calling thread's network namespace. Frames that cross the
     * interface after this returns are captured.
     *
     * @param promiscuous whether the interface also accepts frames for other hosts; a bridge shows
     *     unicast between its ports only then. With br_netfilter, a promiscuous bridge also passes
     *     a translated frame to its own stack, which delivers it a second time.
     * @param snapLength how many bytes of a frame to keep, at most 262144
     * @throws IOException when the interface does not exist or its link type is not supported
     */
    public static PacketSocket open(String interfaceName, boolean promiscuous, int snapLength)
            throws IOException {
        // Protocol 0: no frame is queued before bind has selected the interface.
        KernelSocket socket = KernelSocket.open(AF_PACKET, SOCK_RAW, 0);
        try {
            int index = request(socket, SIOCGIFINDEX, interfaceName).getInt(IFNAMSIZ);
            int hardwareType =
                    request(socket, SIOCGIFHWADDR, interfaceName).getShort(IFNAMSIZ) & 0xffff;
            socket.setOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
            socket.receiveBuffer(RECEIVE_BUFFER);
            PacketSocket packets =
                    new PacketSocket(socket, interfaceName, hardwareType, snapLength);
            if (promiscuous) {
                socket.setOption(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership(index));
            }
            socket.bind(address(index));
            return packets;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    public String interfaceName() {
        return interfaceName;
    }

    public LinkType linkType() {
        return linkType;
    }

    /**
     * Waits for the next frame.
     *
     * @return empty after the timeout, and once cancelled or closed
     */
    public Optional<Frame> next(Duration timeout) throws IOException {
        reading.lock();
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!closed) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (cancellation.await(socket.fd(), left) != EventFd.Outcome.READABLE) {
                    return Optional.empty();
                }
                Optional<Frame> frame = message.receive(socket.fd());
                // The loopback device delivers each packet twice, as sent and as received.
                if (frame.isPresent()
                        && !(loopback && frame.get().direction() == Frame.Direction.OUT)) {
                    return frame;
                }
            }
            return Optional.empty();
        } finally {
            reading.unlock();
        }
    }

    /** Reads the kernel's counters, which resets them. */
    public Counters counters() throws IOException {
        ByteBuffer statistics =
                ByteBuffer.wrap(socket.option(SOL_PACKET, PACKET_STATISTICS, 8))
                        .order(ByteOrder.nativeOrder());
        return new Counters(statistics.getInt() & 0xffffffffL, statistics.getInt() & 0xffffffffL);
    }

    /** Cancels {@link #next} in another thread, and all later calls. Repeatable. */
    public void cancel() {
        cancellation.cancel();
    }

    /** Checks whether the capture was cancelled, so that no more frames will come. */
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public void close() {
        cancel();
        reading.lock();
        try {
            if (!closed) {
                closed = true;
                socket.close();
                cancellation.close();
                message.close();
            }
        } finally {
            reading.unlock();
        }
    }

    /** Executes an ioctl with a {@code struct ifreq}: the name, then a union. */
    private static ByteBuffer request(KernelSocket socket, long number, String interfaceName)
            throws IOException {
        byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length >= IFNAMSIZ) {
            throw new IllegalArgumentException(
                    "'" + interfaceName + "' is not an interface name: it must have 1 to 15 bytes");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(40, 8);
            MemorySegment.copy(name, 0, request, JAVA_BYTE, 0, name.length);
            Syscall.IOCTL.call(
                    "interface " + interfaceName, socket.fd().number(), number, request.address());
            return ByteBuffer.wrap(request.toArray(JAVA_BYTE)).order(ByteOrder.nativeOrder());
        }
    }

    private static LinkType linkType(String interfaceName, int hardwareType) throws IOException {
        return switch (hardwareType) {
            case ARPHRD_ETHER, ARPHRD_LOOPBACK -> LinkType.ETHERNET;
            case ARPHRD_TUNNEL, ARPHRD_NONE -> LinkType.RAW_IP;
            default ->
                    throw new IOException(
                            "interface "
                                    + interfaceName
                                    + ": frames of hardware type "
                                    + hardwareType
                                    + " cannot be captured; supported: Ethernet, IP-in-IP and TUN");
        };
    }

    /** Builds a {@code struct packet_mreq}. */
    private static byte[] membership(int index) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .putShort(PACKET_MR_PROMISC)
                .array();
    }

    /** Builds a {@code struct sockaddr_ll}; its protocol is in network byte order. */
    private static byte[] address(int index) {
        return ByteBuffer.allocate(SOCKADDR_LL)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_PACKET)
                .put((byte) 0)
                .put((byte) ETH_P_ALL)
                .putInt(index)
                .array();
    }
}
