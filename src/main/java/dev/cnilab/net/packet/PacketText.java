package dev.cnilab.net.packet;

import java.util.stream.Collectors;

/**
 * Formats a packet in one line: headers from the outermost to the innermost, then the payload's
 * length.
 */
final class PacketText {

    private static final String TCP_FLAGS = "FSRPAUEC";

    private PacketText() {}

    static String line(Packet packet) {
        String headers =
                packet.headers().stream().map(PacketText::text).collect(Collectors.joining(" | "));
        return headers
                + " | "
                + packet.payloadLength()
                + " bytes"
                + (packet.truncated() ? " (cut)" : "");
    }

    private static String text(Header header) {
        return switch (header) {
            case Header.Ethernet h ->
                    "eth " + h.source() + " > " + h.destination() + etherType(h.etherType());
            case Header.Vlan h -> "vlan " + h.id();
            case Header.Cooked h -> "cooked " + packetType(h.packetType());
            case Header.Arp h -> arp(h);
            case Header.Ipv4 h -> ipv4(h);
            case Header.Ipv6 h ->
                    "ip6 "
                            + h.source().address()
                            + " > "
                            + h.destination().address()
                            + " hlim "
                            + h.hopLimit();
            case Header.Icmp h -> icmp(h);
            case Header.Quote h ->
                    "about "
                            + h.source()
                            + " > "
                            + h.destination()
                            + " proto "
                            + h.protocol()
                            + " id "
                            + h.id();
            case Header.Tcp h ->
                    "tcp "
                            + h.sourcePort()
                            + " > "
                            + h.destinationPort()
                            + " ["
                            + tcpFlags(h.flags())
                            + "] seq "
                            + h.sequence()
                            + " ack "
                            + h.acknowledgment()
                            + " win "
                            + h.window();
            case Header.Udp h -> "udp " + h.sourcePort() + " > " + h.destinationPort();
            case Header.Vxlan h -> "vxlan vni " + h.vni();
            case Header.Unknown h -> h.what();
            case Header.Truncated h -> h.header() + " cut after " + h.bytes() + " bytes";
        };
    }

    private static String etherType(int etherType) {
        return switch (etherType) {
            case EtherType.IPV4, EtherType.ARP, EtherType.IPV6, EtherType.VLAN -> "";
            default -> " type 0x" + Integer.toHexString(etherType);
        };
    }

    private static String packetType(int type) {
        return switch (type) {
            case 0 -> "in";
            case 1 -> "broadcast";
            case 2 -> "multicast";
            case 3 -> "to another host";
            case 4 -> "out";
            default -> "packet type " + type;
        };
    }

    private static String arp(Header.Arp h) {
        return switch (h.operation()) {
            case Header.Arp.REQUEST -> "arp who has " + h.targetIp() + " tell " + h.senderIp();
            case Header.Arp.REPLY -> "arp " + h.senderIp() + " is at " + h.senderMac();
            default -> "arp operation " + h.operation();
        };
    }

    private static String ipv4(Header.Ipv4 h) {
        StringBuilder text = new StringBuilder("ip ");
        text.append(h.source()).append(" > ").append(h.destination());
        text.append(" ttl ").append(h.ttl()).append(" id ").append(h.id());
        text.append(" len ").append(h.totalLength());
        if (h.protocol() == IpProtocol.IPIP) {
            text.append(" proto 4");
        }
        if (h.tos() != 0) {
            text.append(" tos 0x").append(Integer.toHexString(h.tos()));
        }
        if (h.dontFragment()) {
            text.append(" DF");
        }
        if (h.moreFragments() || h.isLaterFragment()) {
            text.append(" frag ").append(h.fragmentOffset());
            text.append(h.moreFragments() ? "+" : "");
        }
        return text.toString();
    }

    private static String icmp(Header.Icmp h) {
        return switch (h.type()) {
            case Header.Icmp.ECHO_REQUEST ->
                    "icmp echo request id " + h.identifier() + " seq " + h.sequence();
            case Header.Icmp.ECHO_REPLY ->
                    "icmp echo reply id " + h.identifier() + " seq " + h.sequence();
            case Header.Icmp.UNREACHABLE ->
                    h.code() == Header.Icmp.FRAGMENTATION_NEEDED
                            ? "icmp fragmentation needed, mtu " + h.nextHopMtu()
                            : "icmp " + h.unreachable();
            case Header.Icmp.TIME_EXCEEDED -> "icmp time exceeded";
            default -> "icmp type " + h.type() + " code " + h.code();
        };
    }

    private static String tcpFlags(int flags) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TCP_FLAGS.length(); i++) {
            if ((flags >> i & 1) != 0) {
                text.append(TCP_FLAGS.charAt(i));
            }
        }
        return text.toString();
    }
}
