package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import java.nio.ByteBuffer;

/** Encodes headers, computing lengths and checksums. */
public final class PacketEncoder {

    private PacketEncoder() {}

    /** Encodes an ICMP message with its payload. */
    public static byte[] icmp(Header.Icmp header, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(8 + payload.length);
        out.put((byte) header.type()).put((byte) header.code()).putShort((short) 0);
        out.putInt(header.rest()).put(payload);
        out.putShort(2, (short) InternetChecksum.of(out.array()));
        return out.array();
    }

    /** Encodes an ICMP echo request. */
    public static byte[] echo(int identifier, int sequence, byte[] payload) {
        return icmp(
                new Header.Icmp(Header.Icmp.ECHO_REQUEST, 0, identifier << 16 | sequence & 0xffff),
                payload);
    }

    /** Encodes a UDP datagram; its checksum covers the addresses. */
    public static byte[] udp(
            Ipv4Address source,
            int sourcePort,
            Ipv4Address destination,
            int destinationPort,
            byte[] payload) {
        int length = 8 + payload.length;
        ByteBuffer out = ByteBuffer.allocate(12 + length);
        // The pseudo header of RFC 768.
        out.putInt(source.bits()).putInt(destination.bits());
        out.putShort((short) IpProtocol.UDP).putShort((short) length);
        out.putShort((short) sourcePort).putShort((short) destinationPort);
        out.putShort((short) length).putShort((short) 0).put(payload);
        int checksum = InternetChecksum.of(out.array());
        // 0 on the wire means "no checksum".
        out.putShort(18, (short) (checksum == 0 ? 0xffff : checksum));
        byte[] datagram = new byte[length];
        out.get(12, datagram);
        return datagram;
    }

    /** Encodes an IPv4 packet without options; length, header length and checksum are computed. */
    public static byte[] ipv4(Header.Ipv4 header, byte[] payload) {
        int length = 20 + payload.length;
        int fragment =
                (header.dontFragment() ? 0x4000 : 0)
                        | (header.moreFragments() ? 0x2000 : 0)
                        | header.fragmentOffset() / 8;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) 0x45).put((byte) header.tos()).putShort((short) length);
        out.putShort((short) header.id()).putShort((short) fragment);
        out.put((byte) header.ttl()).put((byte) header.protocol()).putShort((short) 0);
        out.putInt(header.source().bits()).putInt(header.destination().bits());
        out.putShort(10, (short) InternetChecksum.of(out.array(), 0, 20));
        return out.put(payload).array();
    }

    /** Encodes an Ethernet frame without padding. */
    public static byte[] ethernet(Header.Ethernet header, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        out.put(header.destination().toBytes()).put(header.source().toBytes());
        return out.putShort((short) header.etherType()).put(payload).array();
    }
}
