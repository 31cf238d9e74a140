package dev.cnilab.cni.backend;

import dev.cnilab.host.TunDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Describes pending offloads of a decapsulated packet to the kernel, in the {@code struct
 * virtio_net_hdr} before it. A sender on the same machine leaves TCP and UDP checksums and
 * segmentation to a network card that does not exist; a card or GRO merges received segments, also
 * inside a tunnel. The ipip driver finds this in the packet's metadata. A raw socket has only the
 * bytes: the checksum field of such a packet holds the sum of the pseudo header ({@code
 * CHECKSUM_PARTIAL}, include/linux/skbuff.h), and it is longer than the tunnel's MTU.
 *
 * <p>One in 65,536 complete packets happens to have that sum, too; the kernel then computes the
 * same checksum again.
 */
final class ReceiveOffload {

    private static final int TCP = 6;
    private static final int UDP = 17;

    // Offsets in the IPv4 header, RFC 791.
    private static final int FLAGS = 6;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;

    /** Mask of the flag "more fragments" and the fragment offset. */
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
     * Writes the offload header into the {@link TunDevice#HEADER} bytes before the buffer's
     * position, where the IPv4 packet begins, and moves the position to it.
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

    /**
     * Computes the pseudo header's sum, without complement: addresses, protocol, length (RFC 9293,
     * section 3.1).
     */
    private static int pseudoHeader(ByteBuffer packet, int ip, int length) {
        int sum = (packet.get(ip + PROTOCOL) & 0xff) + length;
        for (int offset = SOURCE; offset < SOURCE + 8; offset += 2) {
            sum += packet.getShort(ip + offset) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (sum & 0xffff) + (sum >>> 16);
    }

    /**
     * Writes in host byte order, as the offload header requires; the packet is in network byte
     * order.
     */
    private static void putNative(ByteBuffer packet, int index, int value) {
        short bits = (short) value;
        boolean big = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        packet.putShort(index, big ? bits : Short.reverseBytes(bits));
    }
}
