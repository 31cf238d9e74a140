package dev.cnilab.cni.backend;

import dev.cnilab.host.TunDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells the kernel what was left undone in a packet that came through the tunnel, in the {@code
 * struct virtio_net_hdr} before it. A sender on the same machine leaves the checksums of TCP and
 * UDP, and the cutting into segments, to a network card that is not there; a card or GRO merges the
 * segments that it receives, whatever tunnel they are in. The driver sees that in the packet's
 * metadata. A raw socket has the bytes alone: the checksum field of such a packet holds the sum of
 * the pseudo header ({@code CHECKSUM_PARTIAL}, include/linux/skbuff.h), and it is longer than the
 * tunnel's MTU.
 *
 * <p>Of whole packets one in 65,536 has that sum, too; the kernel then comes to the same checksum.
 */
final class ReceiveOffload {

    private static final int TCP = 6;
    private static final int UDP = 17;

    // Offsets in the IPv4 header, RFC 791.
    private static final int FLAGS = 6;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;

    /** More fragments, and the fragment's offset. */
    private static final int FRAGMENT = 0x3fff;

    // Offsets in the TCP header, RFC 9293, and the UDP header, RFC 768.
    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_HEADER = 20;
    private static final int UDP_CHECKSUM = 6;
    private static final int UDP_HEADER = 8;

    private static final int TCP_CWR = 0x80;

    // include/uapi/linux/virtio_net.h
    private static final byte NEEDS_CSUM = 1;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_ECN = 0x80;
    private static final int GSO_TYPE = 1;
    private static final int HDR_LEN = 2;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;

    private ReceiveOffload() {}

    /**
     * Writes the header into the {@link TunDevice#HEADER} bytes before the buffer's position, where
     * the IPv4 packet begins, and moves the position to it.
     *
     * @param mtu the tunnel's, in bytes
     */
    static void describe(ByteBuffer packet, int mtu) {
        int ip = packet.position();
        int header = ip - TunDevice.HEADER;
        for (int i = header; i < ip; i++) {
            packet.put(i, (byte) 0);
        }
        int ipLength = (packet.get(ip) & 0xf) * 4;
        boolean tcp = packet.get(ip + PROTOCOL) == TCP;
        boolean known = tcp || packet.get(ip + PROTOCOL) == UDP;
        int length = packet.remaining() - ipLength;
        boolean fragment = (packet.getShort(ip + FLAGS) & FRAGMENT) != 0;
        if (known && !fragment && length >= (tcp ? TCP_HEADER : UDP_HEADER)) {
            int checksum = tcp ? TCP_CHECKSUM : UDP_CHECKSUM;
            int sum = packet.getShort(ip + ipLength + checksum) & 0xffff;
            if (sum == pseudoHeader(packet, ip, length)) {
                packet.put(header, NEEDS_CSUM);
                putNative(packet, header + CSUM_START, ipLength);
                putNative(packet, header + CSUM_OFFSET, checksum);
                if (tcp && packet.remaining() > mtu) {
                    segments(packet, header, ip, ipLength, mtu);
                }
            }
        }
        packet.position(header);
    }

    private static void segments(ByteBuffer packet, int header, int ip, int ipLength, int mtu) {
        int tcp = ip + ipLength;
        int headers = ipLength + ((packet.get(tcp + TCP_DATA_OFFSET) >> 4) & 0xf) * 4;
        int ecn = (packet.get(tcp + TCP_FLAGS) & TCP_CWR) != 0 ? GSO_ECN : 0;
        packet.put(header + GSO_TYPE, (byte) (GSO_TCPV4 | ecn));
        putNative(packet, header + HDR_LEN, headers);
        putNative(packet, header + GSO_SIZE, mtu - headers);
    }

    /** The sum, not its complement, of RFC 9293, section 3.1: addresses, protocol, length. */
    private static int pseudoHeader(ByteBuffer packet, int ip, int length) {
        int sum = (packet.get(ip + PROTOCOL) & 0xff) + length;
        for (int offset = SOURCE; offset < SOURCE + 8; offset += 2) {
            sum += packet.getShort(ip + offset) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (sum & 0xffff) + (sum >>> 16);
    }

    /** The header is in the machine's own order of bytes, the packet in the network's. */
    private static void putNative(ByteBuffer packet, int index, int value) {
        short bits = (short) value;
        boolean big = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        packet.putShort(index, big ? bits : Short.reverseBytes(bits));
    }
}
