package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;

/** Frames of the tutorial's example: pod 10.244.0.3 pings pod 10.244.1.6. */
public final class Frames {

    public static final Ipv4Address POD = Ipv4Address.parse("10.244.0.3");
    public static final Ipv4Address PEER = Ipv4Address.parse("10.244.1.6");
    public static final Ipv4Address NODE = Ipv4Address.parse("172.18.0.2");
    public static final Ipv4Address PEER_NODE = Ipv4Address.parse("172.18.0.3");
    public static final MacAddress SOURCE = MacAddress.parse("c6:b9:e1:49:d8:39");
    public static final MacAddress DESTINATION = MacAddress.parse("b6:8c:10:86:07:59");

    private Frames() {}

    public static Header.Ipv4 ip(
            Ipv4Address source, Ipv4Address destination, int protocol, int ttl) {
        return new Header.Ipv4(source, destination, protocol, ttl, 0, 4711, true, false, 0, 0, 20);
    }

    public static byte[] ethernet(int etherType, byte[] payload) {
        return PacketEncoder.ethernet(new Header.Ethernet(SOURCE, DESTINATION, etherType), payload);
    }

    /**
     * Returns the packet that ping sends by default (56 bytes of data), from the IPv4 header on: 84
     * bytes.
     */
    public static byte[] ping(int ttl) {
        return PacketEncoder.ipv4(
                ip(POD, PEER, IpProtocol.ICMP, ttl), PacketEncoder.echo(7, 1, new byte[56]));
    }

    /** Returns the same packet encapsulated, on the node's eth0: 118 bytes. */
    public static byte[] tunnelled() {
        return ethernet(
                EtherType.IPV4,
                PacketEncoder.ipv4(ip(NODE, PEER_NODE, IpProtocol.IPIP, 63), ping(63)));
    }

    public static byte[] udp(int destinationPort, byte[] payload) {
        return ethernet(
                EtherType.IPV4,
                PacketEncoder.ipv4(
                        ip(POD, PEER, IpProtocol.UDP, 64),
                        PacketEncoder.udp(POD, 40000, PEER, destinationPort, payload)));
    }
}
