package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.IpProtocol;
import java.nio.ByteBuffer;

/**
 * Encapsulates and decapsulates IPv4 packets exactly as the kernel's ipip driver does for a device
 * with {@code ttl inherit}, {@code tos 0} and {@code nopmtudisc}: {@code ip_tunnel_xmit()} and
 * {@code ip_tunnel_rcv()} in net/ipv4/ip_tunnel.c, {@code iptunnel_xmit()} in
 * net/ipv4/ip_tunnel_core.c.
 *
 * <p>Buffers must be big-endian, a {@link ByteBuffer}'s initial order.
 */
final class Encapsulation {

    /** IPPROTO_IPIP: IPv4 in IPv4. */
    static final int PROTOCOL = IpProtocol.IPIP;

    /** Length of an IPv4 header without options, in bytes. */
    static final int HEADER = IpipBackend.OVERHEAD;

    // Offsets in the IPv4 header, RFC 791.
    private static final int TOS = 1;
    private static final int ID = 4;
    private static final int FLAGS = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL_FIELD = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final byte VERSION_4_WORDS_5 = 0x45;
    private static final int DONT_FRAGMENT = 0x4000;

    /** Explicit congestion notification, the low bits of the TOS: RFC 3168. */
    private static final int ECN = 3;

    private static final int ECT_0 = 2;
    private static final int CE = 3;

    private final int local;
    private int id;

    /**
     * Creates the encapsulation.
     *
     * @param local the outer source address
     * @param id the first outer identification
     */
    Encapsulation(Ipv4Address local, int id) {
        this.local = local.bits();
        this.id = id;
    }

    /**
     * Writes the outer header into the {@link #HEADER} bytes before the buffer's position, where
     * the inner packet begins, and moves the position to it. The kernel fills in length and
     * checksum.
     *
     * @return the node to send it to, or {@link Peers#NONE} when no node serves the destination or
     *     the packet is not IPv4
     */
    int encapsulate(ByteBuffer packet, Peers peers) {
        int inner = packet.position();
        if (!isIpv4(packet)) {
            return Peers.NONE;
        }
        int node = peers.nodeOf(packet.getInt(inner + DESTINATION));
        int outer = inner - HEADER;
        packet.put(outer, VERSION_4_WORDS_5);
        packet.put(outer + TOS, (byte) outerTos(packet.get(inner + TOS)));
        packet.putShort(outer + ID, nextId());
        packet.putShort(outer + FLAGS, (short) (packet.getShort(inner + FLAGS) & DONT_FRAGMENT));
        packet.put(outer + TTL, packet.get(inner + TTL));
        packet.put(outer + PROTOCOL_FIELD, (byte) PROTOCOL);
        packet.putInt(outer + SOURCE, local);
        packet.putInt(outer + DESTINATION, node);
        packet.position(outer);
        return node;
    }

    /**
     * Moves the buffer's position from the outer header to the inner packet, and copies a
     * congestion mark of the outer header to it (RFC 6040).
     *
     * @return false for a packet to drop: malformed, from an unknown sender, or with a congestion
     *     mark that the inner packet cannot carry
     */
    static boolean decapsulate(ByteBuffer packet, Peers peers) {
        int outer = packet.position();
        if (!isIpv4(packet) || !peers.isNode(packet.getInt(outer + SOURCE))) {
            return false;
        }
        int outerEcn = packet.get(outer + TOS) & ECN;
        int headerLength = (packet.get(outer) & 0xf) * 4;
        if (headerLength < HEADER || headerLength > packet.remaining()) {
            return false;
        }
        packet.position(outer + headerLength);
        return isIpv4(packet) && (outerEcn != CE || markCongestion(packet));
    }

    /**
     * Computes the outer TOS, {@code INET_ECN_encapsulate(0, inner)}: no DSCP; ECN copied, but CE
     * becomes ECT(0).
     */
    private static int outerTos(byte innerTos) {
        int ecn = innerTos & ECN;
        return ecn == CE ? ECT_0 : ecn;
    }

    /** Marks congestion, {@code IP_ECN_set_ce()}; fails for a packet that is not ECN-capable. */
    private static boolean markCongestion(ByteBuffer packet) {
        int ip = packet.position();
        int tos = packet.get(ip + TOS);
        if ((tos & ECN) == 0) {
            return false;
        }
        packet.put(ip + TOS, (byte) (tos | CE));
        // RFC 1624, equation 3: HC' = ~(~HC + ~m + m'), where m is the word that holds the TOS.
        int difference = (tos | CE) - tos;
        int sum = (~packet.getShort(ip + CHECKSUM) & 0xffff) + difference;
        packet.putShort(ip + CHECKSUM, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return true;
    }

    private static boolean isIpv4(ByteBuffer packet) {
        return packet.remaining() >= HEADER && packet.get(packet.position()) >>> 4 == 4;
    }

    /** Returns the next identification; never 0, which the kernel would replace. */
    private short nextId() {
        id = (id & 0xffff) == 0xffff ? 1 : id + 1;
        return (short) id;
    }
}
