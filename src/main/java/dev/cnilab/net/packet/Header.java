package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;

/** A header of a packet, or the reason why one could not be decoded. */
public sealed interface Header {

    /**
     * An Ethernet header.
     *
     * @param etherType of the payload, {@link EtherType}
     */
    record Ethernet(MacAddress source, MacAddress destination, int etherType) implements Header {}

    /** An 802.1Q tag. */
    record Vlan(int id, int etherType) implements Header {}

    /**
     * A header of a Linux cooked capture, in place of the link layer's own.
     *
     * @param packetType 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us
     */
    record Cooked(int packetType, int etherType) implements Header {}

    /**
     * An ARP message (RFC 826) for IPv4 over Ethernet.
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
     * An IPv4 header (RFC 791). One that follows another is the inner header of an IP-in-IP tunnel.
     *
     * @param protocol of the payload, {@link IpProtocol}
     * @param tos the whole octet: DSCP and ECN
     * @param fragmentOffset in bytes
     * @param totalLength header and payload in bytes, as the header states it; 0 in a segment that
     *     the network card has yet to split (GSO)
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

        /** Returns the two bits of explicit congestion notification (RFC 3168). */
        public int ecn() {
            return tos & 3;
        }

        /**
         * Checks whether this is a fragment other than the first, so that no transport header
         * follows.
         */
        public boolean isLaterFragment() {
            return fragmentOffset > 0;
        }
    }

    /**
     * An IPv6 header (RFC 8200); extension headers are not decoded.
     *
     * @param nextHeader of the payload, {@link IpProtocol}
     */
    record Ipv6(
            Ipv6Prefix source,
            Ipv6Prefix destination,
            int nextHeader,
            int hopLimit,
            int payloadLength)
            implements Header {}

    /**
     * An ICMP header (RFC 792).
     *
     * @param rest the second 32-bit word: identifier and sequence number of an echo, next-hop MTU
     *     of "fragmentation needed"
     */
    record Icmp(int type, int code, int rest) implements Header {

        public static final int ECHO_REPLY = 0;
        public static final int UNREACHABLE = 3;
        public static final int ECHO_REQUEST = 8;
        public static final int TIME_EXCEEDED = 11;

        /** Code of {@link #UNREACHABLE}: a packet with DF exceeded the MTU of the next link. */
        public static final int FRAGMENTATION_NEEDED = 4;

        /** Checks whether this is an error message, which quotes the packet that caused it. */
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

        /**
         * Describes the code of an {@link #UNREACHABLE} message: RFC 792, RFC 1812 section 5.2.7.1.
         */
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

        /** Returns the next-hop MTU of "fragmentation needed" in bytes (RFC 1191). */
        public int nextHopMtu() {
            return rest & 0xffff;
        }
    }

    /**
     * The IPv4 header quoted by an ICMP error: that of the packet that caused it.
     *
     * @param protocol of the quoted packet's payload, {@link IpProtocol}
     */
    record Quote(Ipv4Address source, Ipv4Address destination, int protocol, int id)
            implements Header {}

    /**
     * A TCP header (RFC 9293).
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
     * A UDP header (RFC 768).
     *
     * @param length of header and payload in bytes, as the header states it
     */
    record Udp(int sourcePort, int destinationPort, int length) implements Header {

        /**
         * Checks whether a UDP port is VXLAN's: IANA's (4789), or the one that Linux and flannel
         * use (8472).
         */
        static boolean isVxlan(int port) {
            return port == 4789 || port == 8472;
        }
    }

    /** A VXLAN header (RFC 7348); an Ethernet header follows. */
    record Vxlan(int vni) implements Header {}

    /** Bytes that are not decoded: an unknown protocol or a malformed header. */
    record Unknown(String what) implements Header {}

    /**
     * A header that is cut off.
     *
     * @param bytes how many of its bytes are present
     */
    record Truncated(String header, int bytes) implements Header {}
}
