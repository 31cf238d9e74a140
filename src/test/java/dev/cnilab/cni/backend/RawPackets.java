package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.KernelSocket;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.RawIpSocket;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;

/** Sends and captures raw packets. */
final class RawPackets {

    /** Length of an Ethernet header in bytes. */
    private static final int ETHERNET = 14;

    // Offsets in the IPv4 header, RFC 791.
    static final int PROTOCOL = 9;
    private static final int DESTINATION = 16;

    private RawPackets() {}

    /** Captures the packets of every interface of the calling thread's namespace. */
    static KernelSocket captureIpv4() throws IOException {
        // AF_PACKET, SOCK_RAW, ETH_P_IP in network order
        KernelSocket socket = KernelSocket.open(17, 3, 0x0008);
        socket.receiveTimeout(Duration.ofSeconds(10));
        return socket;
    }

    /** Returns the next IP-in-IP packet between nodes, from its outer header on. */
    static byte[] nextIpInIp(KernelSocket capture) throws IOException {
        return next(capture, packet -> packet[PROTOCOL] == Encapsulation.PROTOCOL);
    }

    /** Returns the next packet to that address that is not encapsulated. */
    static byte[] nextTo(KernelSocket capture, String destination) throws IOException {
        Ipv4Address address = Ipv4Address.parse(destination);
        return next(capture, packet -> Ipv4Address.of(packet, DESTINATION).equals(address));
    }

    private static byte[] next(KernelSocket capture, Predicate<byte[]> wanted) throws IOException {
        byte[] frame = new byte[2000];
        while (true) {
            int length = capture.receive(frame);
            byte[] packet = Arrays.copyOfRange(frame, ETHERNET, Math.max(length, ETHERNET));
            if (packet.length >= Encapsulation.HEADER && packet[0] == 0x45 && wanted.test(packet)) {
                return packet;
            }
        }
    }

    /**
     * Opens a socket.
     *
     * @param protocol 255 for packets with their own header
     */
    static RawIpSocket socket(NetNamespace namespace, int protocol, String local)
            throws IOException {
        return namespace.call(() -> RawIpSocket.open(protocol, Ipv4Address.parse(local), 1 << 16));
    }

    static void send(RawIpSocket socket, String hex, String to) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ByteBuffer packet = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(socket.send(packet, Ipv4Address.parse(to).bits())).isTrue();
    }
}
