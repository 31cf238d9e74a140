package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.KernelSocket;
import dev.cnilab.host.RawIpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The user space tunnel and the kernel's driver produce the same bytes on the wire. */
@Tag("real-ipip")
class SameBytesIT {

    private static final String ADDRESSES = "0000 0af40000 0af40101 ";
    private static final String UDP = "00090009 000c0000 01020304";

    /** Packets from the node 10.244.0.0 to 10.244.1.1; the kernel fills in the inner checksum. */
    private static final List<String> INNER =
            List.of(
                    // an echo request, TTL 64
                    "45000020 00070000 4001 " + ADDRESSES + "0800f5fa 00010001 01020304",
                    // UDP: TTL 63 with DF, TTL 1 without, TTL 255
                    "45000020 abcd4000 3f11 " + ADDRESSES + UDP,
                    "45000020 abce0000 0111 " + ADDRESSES + UDP,
                    "45000020 abcf0000 ff11 " + ADDRESSES + UDP,
                    // DSCP alone; then with ECT(1), ECT(0) and CE
                    "45b80020 abd04000 4011 " + ADDRESSES + UDP,
                    "45b90020 abd14000 4011 " + ADDRESSES + UDP,
                    "45ba0020 abd20000 4011 " + ADDRESSES + UDP,
                    "45bb0020 abd30000 4011 " + ADDRESSES + UDP,
                    // the largest packet without fragmentation
                    "450005c8 abd44000 4011 " + ADDRESSES + UDP + "00".repeat(1480 - 32));

    private NodesOnBridge nodes;

    @BeforeEach
    void makeNodes() throws IOException {
        nodes = new NodesOnBridge(2);
    }

    @AfterEach
    void deleteNodes() throws IOException {
        nodes.close();
    }

    @Test
    void producesTheSameHeaderFields() throws Exception {
        List<byte[]> drivers = sentBy(new KernelIpip());
        List<byte[]> ours = sentBy(new TunIpip());
        assertThat(drivers).hasSameSizeAs(INNER);
        for (int i = 0; i < INNER.size(); i++) {
            assertThat(fields(ours.get(i))).as(INNER.get(i)).isEqualTo(fields(drivers.get(i)));
            assertThat(checksum(ours.get(i))).as("sum of the header with its checksum").isZero();
        }
        assertIdsCount(drivers);
        assertIdsCount(ours);
    }

    /**
     * Returns the outer header without ID and checksum, which differ by packet, and the inner
     * packet.
     */
    private static List<String> fields(byte[] packet) {
        HexFormat hex = HexFormat.of();
        return List.of(
                "version, header length, TOS: " + hex.formatHex(packet, 0, 2),
                "length: " + hex.formatHex(packet, 2, 4) + " in " + packet.length,
                "flags, fragment: " + hex.formatHex(packet, 6, 8),
                "TTL, protocol: " + hex.formatHex(packet, 8, 10),
                "source: " + hex.formatHex(packet, 12, 16),
                "destination: " + hex.formatHex(packet, 16, 20),
                "inner: " + hex.formatHex(packet, 20, packet.length));
    }

    /** Asserts that each packet has an ID of its own, also those with DF. */
    private static void assertIdsCount(List<byte[]> packets) {
        HashSet<Short> ids = new HashSet<>();
        packets.forEach(packet -> ids.add(ByteBuffer.wrap(packet).getShort(4)));
        assertThat(ids).hasSameSizeAs(packets).doesNotContain((short) 0);
    }

    /** Computes the checksum of the outer header (RFC 1071). */
    private static int checksum(byte[] packet) {
        int sum = 0;
        for (int i = 0; i < Encapsulation.HEADER; i += 2) {
            sum += ByteBuffer.wrap(packet).getShort(i) & 0xffff;
        }
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }

    private List<byte[]> sentBy(TunnelDevice backend) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        try (BareTunnel _ = new BareTunnel(nodes, 0, backend, NodesOnBridge.lease(1));
                KernelSocket capture = nodes.namespace(1).call(RawPackets::captureIpv4);
                RawIpSocket sender = RawPackets.socket(nodes.namespace(0), 255, "10.244.0.0")) {
            for (String inner : INNER) {
                RawPackets.send(sender, inner, "10.244.1.1");
                packets.add(RawPackets.nextIpInIp(capture));
            }
        }
        return packets;
    }
}
