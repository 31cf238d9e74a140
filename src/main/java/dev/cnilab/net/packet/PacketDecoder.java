package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Decodes one frame, layer by layer. Checks lengths before each read. */
final class PacketDecoder {

    private final byte[] frame;
    private final ByteBuffer in;
    private final List<Header> headers = new ArrayList<>();
    private boolean truncated;

    PacketDecoder(byte[] frame) {
        this.frame = frame;
        this.in = ByteBuffer.wrap(frame);
    }

    Packet decode(LinkType linkType) {
        switch (linkType) {
            case ETHERNET -> ethernet();
            case RAW_IP -> ip();
            case LINUX_SLL -> cooked(16, 0, 14);
            case LINUX_SLL2 -> cooked(20, 10, 0);
        }
        return new Packet(headers, in.remaining(), truncated);
    }

    private void ethernet() {
        if (!has("Ethernet", 14)) {
            return;
        }
        MacAddress destination = mac();
        MacAddress source = mac();
        int etherType = u16();
        headers.add(new Header.Ethernet(source, destination, etherType));
        network(etherType);
    }

    /**
     * Decodes a cooked header; its two versions differ only in the offsets of packet type and
     * protocol.
     */
    private void cooked(int length, int packetType, int protocol) {
        if (!has("Linux cooked", length)) {
            return;
        }
        int start = in.position();
        int type = length == 16 ? in.getShort(start + packetType) & 0xffff : in.get(start + 10);
        int etherType = in.getShort(start + protocol) & 0xffff;
        in.position(start + length);
        headers.add(new Header.Cooked(type & 0xff, etherType));
        network(etherType);
    }

    private void network(int etherType) {
        int next = etherType;
        while (next == EtherType.VLAN && has("VLAN", 4)) {
            int id = u16() & 0xfff;
            next = u16();
            headers.add(new Header.Vlan(id, next));
        }
        switch (next) {
            case EtherType.IPV4 -> ipv4();
            case EtherType.ARP -> arp();
            case EtherType.IPV6 -> ipv6();
            case EtherType.VLAN -> {}
            default -> unknown("ethertype 0x" + Integer.toHexString(next));
        }
    }

    private void ip() {
        if (!has("IP", 1)) {
            return;
        }
        int version = in.get(in.position()) >>> 4 & 0xf;
        switch (version) {
            case 4 -> ipv4();
            case 6 -> ipv6();
            default -> unknown("IP version " + version);
        }
    }

    private void arp() {
        if (!has("ARP", 28)) {
            return;
        }
        int hardware = u16();
        int protocol = u16();
        in.getShort();
        if (hardware != 1 || protocol != EtherType.IPV4) {
            unknown(
                    "ARP for hardware "
                            + hardware
                            + ", protocol 0x"
                            + Integer.toHexString(protocol));
            return;
        }
        headers.add(new Header.Arp(u16(), mac(), address(), mac(), address()));
        // Anything beyond is Ethernet's padding to 60 bytes.
        in.limit(in.position());
    }

    private void ipv4() {
        if (!has("IPv4", 20)) {
            return;
        }
        int start = in.position();
        int first = u8();
        int headerLength = (first & 0xf) * 4;
        if (first >>> 4 != 4 || headerLength < 20) {
            unknown("IPv4 header that starts with 0x" + Integer.toHexString(first));
            return;
        }
        int tos = u8();
        int totalLength = u16();
        int id = u16();
        int fragment = u16();
        int ttl = u8();
        int protocol = u8();
        in.getShort();
        Header.Ipv4 header =
                new Header.Ipv4(
                        address(),
                        address(),
                        protocol,
                        ttl,
                        tos,
                        id,
                        (fragment & 0x4000) != 0,
                        (fragment & 0x2000) != 0,
                        (fragment & 0x1fff) * 8,
                        totalLength,
                        headerLength);
        headers.add(header);
        in.position(start);
        if (totalLength != 0 && totalLength < headerLength) {
            unknown("IPv4 length " + totalLength + " below its header's " + headerLength);
        } else if (has("IPv4 options", headerLength)) {
            in.position(start + headerLength);
            // 0: a large segment that the network card has yet to split.
            limit(totalLength == 0 ? in.limit() : start + totalLength);
            if (!header.isLaterFragment()) {
                transport(protocol);
            }
        }
    }

    private void ipv6() {
        if (!has("IPv6", 40)) {
            return;
        }
        int start = in.position();
        in.getInt();
        int payload = u16();
        int next = u8();
        int hopLimit = u8();
        Ipv6Prefix source = new Ipv6Prefix(in.getLong(), in.getLong(), 128);
        Ipv6Prefix destination = new Ipv6Prefix(in.getLong(), in.getLong(), 128);
        headers.add(new Header.Ipv6(source, destination, next, hopLimit, payload));
        limit(payload == 0 ? in.limit() : start + 40 + payload);
        transport(next);
    }

    private void transport(int protocol) {
        switch (protocol) {
            case IpProtocol.ICMP -> icmp();
            case IpProtocol.IPIP -> ipv4();
            case IpProtocol.TCP -> tcp();
            case IpProtocol.UDP -> udp();
            default -> unknown("IP protocol " + protocol);
        }
    }

    private void icmp() {
        if (has("ICMP", 8)) {
            int type = u8();
            int code = u8();
            in.getShort();
            Header.Icmp header = new Header.Icmp(type, code, in.getInt());
            headers.add(header);
            if (header.isError() && has("quoted IPv4", 20)) {
                quote();
            }
        }
    }

    /**
     * Decodes the header quoted by an ICMP error. The error's sender has validated it; its options
     * remain in the payload.
     */
    private void quote() {
        int start = in.position();
        int id = in.getShort(start + 4) & 0xffff;
        int protocol = in.get(start + 9) & 0xff;
        in.position(start + 12);
        headers.add(new Header.Quote(address(), address(), protocol, id));
    }

    private void tcp() {
        if (!has("TCP", 20)) {
            return;
        }
        int start = in.position();
        int sourcePort = u16();
        int destinationPort = u16();
        long sequence = u32();
        long acknowledgment = u32();
        int length = (u8() >>> 4) * 4;
        headers.add(
                new Header.Tcp(sourcePort, destinationPort, sequence, acknowledgment, u8(), u16()));
        in.position(start);
        if (length < 20) {
            unknown("TCP header length " + length);
        } else if (has("TCP options", length)) {
            in.position(start + length);
        }
    }

    private void udp() {
        if (!has("UDP", 8)) {
            return;
        }
        Header.Udp udp = new Header.Udp(u16(), u16(), u16());
        headers.add(udp);
        in.getShort();
        if (Header.Udp.isVxlan(udp.destinationPort()) && has("VXLAN", 8)) {
            in.getInt();
            headers.add(new Header.Vxlan(in.getInt() >>> 8));
            ethernet();
        }
    }

    private boolean has(String header, int length) {
        boolean whole = in.remaining() >= length;
        if (!whole) {
            truncated = true;
            headers.add(new Header.Truncated(header, in.remaining()));
        }
        return whole;
    }

    private void limit(int end) {
        truncated |= end > in.limit();
        in.limit(Math.min(end, in.limit()));
    }

    private void unknown(String what) {
        headers.add(new Header.Unknown(what));
    }

    private MacAddress mac() {
        MacAddress mac = MacAddress.of(frame, in.position());
        in.position(in.position() + 6);
        return mac;
    }

    private Ipv4Address address() {
        return new Ipv4Address(in.getInt());
    }

    private int u8() {
        return in.get() & 0xff;
    }

    private int u16() {
        return in.getShort() & 0xffff;
    }

    private long u32() {
        return in.getInt() & 0xffffffffL;
    }
}
