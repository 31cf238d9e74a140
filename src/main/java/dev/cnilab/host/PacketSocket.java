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
 * Every frame that crosses one interface, in both directions, with the kernel's own time stamps
 * (packet(7)).
 *
 * <p>One thread reads; any thread may close.
 */
public final class PacketSocket implements AutoCloseable {

    /**
     * What the kernel counted since the last question.
     *
     * @param received frames, dropped ones included
     * @param dropped frames for which the receive buffer had no room
     */
    public record Counters(long received, long dropped) {}

    // include/uapi/linux/if_packet.h, if_ether.h, if_arp.h; include/linux/socket.h
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

    /** Some 20,000 full frames: what a burst brings while the reader writes to disk. */
    private static final int RECEIVE_BUFFER = 32 << 20;

    private final KernelSocket socket;
    private final String interfaceName;
    private final LinkType linkType;
    private final boolean loopback;
    private final PacketMessage message;
    private final EventFd wakeUp;
    private final ReentrantLock reading = new ReentrantLock();
    private boolean closed;

    private PacketSocket(
            KernelSocket socket, String interfaceName, int hardwareType, int snapLength)
            throws IOException {
        this.socket = socket;
        this.interfaceName = interfaceName;
        this.linkType = linkType(interfaceName, hardwareType);
        this.loopback = hardwareType == ARPHRD_LOOPBACK;
        this.wakeUp = new EventFd();
        this.message = new PacketMessage(interfaceName, linkType, snapLength);
    }

    /**
     * Starts the capture, in the calling thread's network namespace. Frames that cross the
     * interface after this returns are seen.
     *
     * @param promiscuous whether the interface takes frames for others meanwhile: a bridge shows
     *     unicast between its ports only then. Beware on a bridge with br_netfilter: it hands a
     *     translated frame to its own stack as well then, which delivers it a second time.
     * @param snapLength how many bytes of a frame to keep, at most 262144
     * @throws IOException when there is no such interface or its frames can't be understood
     */
    public static PacketSocket open(String interfaceName, boolean promiscuous, int snapLength)
            throws IOException {
        // Protocol 0: nothing arrives before bind has chosen the interface.
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
     * @return empty after that time, and once it is called off or closed
     */
    public Optional<Frame> next(Duration timeout) throws IOException {
        reading.lock();
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!closed) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (wakeUp.await(socket.fd(), left) != EventFd.Outcome.READABLE) {
                    return Optional.empty();
                }
                Optional<Frame> frame = message.receive(socket.fd());
                // The loopback shows each packet twice, as sent and as received.
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

    /** Asks the kernel, which then begins to count anew. */
    public Counters counters() throws IOException {
        ByteBuffer statistics =
                ByteBuffer.wrap(socket.option(SOL_PACKET, PACKET_STATISTICS, 8))
                        .order(ByteOrder.nativeOrder());
        return new Counters(statistics.getInt() & 0xffffffffL, statistics.getInt() & 0xffffffffL);
    }

    /** Ends a {@link #next} that waits in another thread, and all later ones; repeatable. */
    public void callOff() {
        wakeUp.callOff();
    }

    /** Whether it was called off, so that nothing more will come. */
    public boolean isCalledOff() {
        return wakeUp.isCalledOff();
    }

    @Override
    public void close() {
        callOff();
        reading.lock();
        try {
            if (!closed) {
                closed = true;
                socket.close();
                wakeUp.close();
                message.close();
            }
        } finally {
            reading.unlock();
        }
    }

    /** An ioctl on {@code struct ifreq}: the name, then a union. */
    private static ByteBuffer request(KernelSocket socket, long number, String interfaceName)
            throws IOException {
        byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length >= IFNAMSIZ) {
            throw new IllegalArgumentException(
                    "'" + interfaceName + "' is no interface name: it has 1 to 15 bytes");
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
                                    + " can't be captured; Ethernet, IP-in-IP and TUN can");
        };
    }

    /** {@code struct packet_mreq}. */
    private static byte[] membership(int index) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .putShort(PACKET_MR_PROMISC)
                .array();
    }

    /** {@code struct sockaddr_ll}; its protocol is in network order. */
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
