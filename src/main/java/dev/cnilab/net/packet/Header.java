package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;

/** One header of a packet, or why there is none where one was expected. */
public sealed interface Header {

    /**
     * @param etherType of what follows, {@link EtherType}
     */
    record Ethernet(MacAddress source, MacAddress destination, int etherType) implements Header {}

    /** An 802.1Q tag. */
    record Vlan(int id, int etherType) implements Header {}

    /**
     * The header of a Linux cooked capture, in place of the link's own.
     *
     * @param packetType 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us
     */
    record Cooked(int packetType, int etherType) implements Header {}

    /**
     * RFC 826, for IPv4 over Ethernet.
     *
     * @param operation 1 request, 2 reply
     */
    record Arp(
            int operation,
            MacAddress senderMac,
            Ipv4Address senderIp,
            MacAddress targetMac,
            Ipv4Address targetIp)
            implements Header {

        public static final int REQUEST = 1;
        public static final int REPLY = 2;
    }

    /**
     * RFC 791. Inside another it is the inner packet of an IP-in-IP tunnel.
     *
     * @param protocol of what follows, {@link IpProtocol}
     * @param tos the whole octet: DSCP and ECN
     * @param fragmentOffset in bytes
     * @param totalLength header and payload in bytes as the header says; 0 in a segment that the
     *     network card is yet to cut
     * @param headerLength 20 to 60 bytes
     */
    record Ipv4(
            Ipv4Address source,
            Ipv4Address destination,
            int protocol,
            int ttl,
            int tos,
            int id,
            boolean dontFragment,
            boolean moreFragments,
            int fragmentOffset,
            int totalLength,
            int headerLength)
            implements Header {

        /** The two bits of explicit congestion notification, RFC 3168. */
        public int ecn() {
            return tos & 3;
        }

        /** Whether it starts in the middle of a datagram, so that no further header follows. */
        public boolean isLaterFragment() {
            return fragmentOffset > 0;
        }
    }

    /**
     * RFC 8200, without what extension headers hold.
     *
     * @param nextHeader of what follows, {@link IpProtocol}
     */
    record Ipv6(
            Ipv6Prefix source,
            Ipv6Prefix destination,
            int nextHeader,
            int hopLimit,
            int payloadLength)
            implements Header {}

    /**
     * RFC 792.
     *
     * @param rest the second word: identifier and sequence number of an echo, next-hop MTU of
     *     "fragmentation needed"
     */
    record Icmp(int type, int code, int rest) implements Header {

        public static final int ECHO_REPLY = 0;
        public static final int UNREACHABLE = 3;
        public static final int ECHO_REQUEST = 8;
        public static final int TIME_EXCEEDED = 11;

        /** Code of {@link #UNREACHABLE}: a packet with DF was too big for the next link. */
        public static final int FRAGMENTATION_NEEDED = 4;

        /** Whether it quotes the packet that it is about. */
        public boolean isError() {
            return type == UNREACHABLE || type == TIME_EXCEEDED;
        }

        public boolean isEcho() {
            return type == ECHO_REQUEST || type == ECHO_REPLY;
        }

        public int identifier() {
            return rest >>> 16;
        }

        public int sequence() {
            return rest & 0xffff;
        }

        /** What a code of {@link #UNREACHABLE} means: RFC 792, RFC 1812 section 5.2.7.1. */
        public String unreachable() {
            return switch (code) {
                case 0 -> "network unreachable";
                case 1 -> "host unreachable";
                case 2 -> "protocol unreachable";
                case 3 -> "port unreachable";
                case FRAGMENTATION_NEEDED -> "fragmentation needed";
                case 9, 10, 13 -> "unreachable, prohibited (code " + code + ")";
                default -> "unreachable, code " + code;
            };
        }

        /** Of "fragmentation needed", RFC 1191. */
        public int nextHopMtu() {
            return rest & 0xffff;
        }
    }

    /**
     * The IPv4 header that an ICMP error quotes: of the packet that it is about.
     *
     * @param protocol of what follows, {@link IpProtocol}
     */
    record Quote(Ipv4Address source, Ipv4Address destination, int protocol, int id)
            implements Header {}

    /**
     * RFC 9293.
     *
     * @param flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128
     */
    record Tcp(
            int sourcePort,
            int destinationPort,
            long sequence,
            long acknowledgment,
            int flags,
            int window)
            implements Header {}

    /**
     * RFC 768.
     *
     * @param length of header and payload, as the header says
     */
    record Udp(int sourcePort, int destinationPort, int length) implements Header {

        /** IANA's port of VXLAN, and the one that Linux and flannel use. */
        static boolean isVxlan(int port) {
            return port == 4789 || port == 8472;
        }
    }

    /** RFC 7348; an Ethernet header follows. */
    record Vxlan(int vni) implements Header {}

    /** Bytes that are not taken apart further: an undecoded protocol, or a broken header. */
    record Unknown(String what) implements Header {}

    /** A header that ends before it is whole. */
    record Truncated(String header, int bytes) implements Header {}
}
