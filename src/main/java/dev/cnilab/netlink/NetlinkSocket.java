package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import dev.cnilab.host.KernelSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;

/** A netlink socket in the network namespace of the thread that opens it. */
final class NetlinkSocket implements Transport {

    // include/linux/socket.h, include/uapi/linux/netlink.h
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int SOCKADDR_NL = 12;

    /** Within the default limit (net.core.wmem_max) of every kernel; a large batch raises it. */
    private static final int SEND_BUFFER = 1 << 16;

    /** The kernel's dump datagrams are at most 32 KiB, all others at most a page. */
    private static final int DATAGRAM = 1 << 16;

    private final KernelSocket socket;
    private final int port;

    private NetlinkSocket(KernelSocket socket, int port) {
        this.socket = socket;
        this.port = port;
    }

    /**
     * @param groups multicast groups to join, bit n for group n + 1
     * @param timeout how long {@link #receive} waits
     */
    static NetlinkSocket open(Protocol protocol, int groups, Duration timeout) throws IOException {
        KernelSocket socket = KernelSocket.open(AF_NETLINK, SOCK_RAW, protocol.number());
        try {
            socket.setOption(SOL_NETLINK, NETLINK_CAP_ACK, 1);
            socket.setOption(SOL_NETLINK, NETLINK_EXT_ACK, 1);
            socket.receiveTimeout(timeout);
            socket.bind(
                    ByteBuffer.allocate(SOCKADDR_NL)
                            .order(ByteOrder.nativeOrder())
                            .putShort((short) AF_NETLINK)
                            .putInt(8, groups)
                            .array());
            int port =
                    ByteBuffer.wrap(socket.localAddress(SOCKADDR_NL))
                            .order(ByteOrder.nativeOrder())
                            .getInt(4);
            return new NetlinkSocket(socket, port);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sets the receive buffer's size for bursts of events; only root may exceed the system's limit.
     */
    void receiveBuffer(int bytes) throws IOException {
        socket.receiveBuffer(bytes);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void send(byte[] datagram) throws IOException {
        if (datagram.length > SEND_BUFFER) {
            socket.sendBuffer(datagram.length);
        }
        socket.send(datagram);
    }

    @Override
    public byte[] receive() throws IOException {
        byte[] buffer = new byte[DATAGRAM];
        int length = socket.receive(buffer);
        if (length == DATAGRAM) {
            throw new ErrnoException("receive a netlink datagram", Errno.EMSGSIZE.number());
        }
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public void close() {
        socket.close();
    }
}
