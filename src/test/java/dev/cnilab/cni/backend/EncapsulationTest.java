package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncapsulationTest {

    private static final int PEER = Ipv4Address.parse("172.18.0.3").bits();
    private static final Peers PEERS =
            Peers.of(
                    List.of(
                            new Lease(
                                    "worker",
                                    Ipv4Prefix.parse("10.244.1.0/24"),
                                    new Ipv4Address(PEER),
                                    IpipBackend.TYPE,
                                    "null")),
                    1480);

    private final Encapsulation encapsulation =
            new Encapsulation(Ipv4Address.parse("172.18.0.2"), 0x1233);

    @Test
    void writesTheOuterHeaderOfTheDriver() {
        ByteBuffer packet = inner("45 b9 0014 abcd 4000 3f 01 0000 0af40003 0af40106");

        assertThat(encapsulation.encapsulate(packet, PEERS)).isEqualTo(PEER);
        // ECT(1) without the DSCP, an ID of its own, DF, TTL 63, protocol 4; the kernel fills in
        // length and checksum
        assertThat(hex(packet))
                .startsWith("450100001234" + "4000" + "3f04" + "0000ac120002ac120003");
        assertThat(packet.remaining()).isEqualTo(40);
    }

    @Test
    void doesNotCopyCongestionToTheOuterHeader() {
        ByteBuffer packet = inner("45 03 0014 abcd 0000 40 01 0000 0af40003 0af40106");
        encapsulation.encapsulate(packet, PEERS);
        assertThat(hex(packet)).startsWith("4502").contains("12340000" + "4004");
    }

    @Test
    void doesNotCopyTheFragmentOffset() {
        ByteBuffer packet = inner("45 00 0014 abcd 20b9 40 01 0000 0af40003 0af40106");
        encapsulation.encapsulate(packet, PEERS);
        assertThat(packet.getShort(6)).isZero();
    }

    @Test
    void identificationIsNeverZero() {
        Encapsulation last = new Encapsulation(Ipv4Address.parse("172.18.0.2"), 0xfffe);
        for (int expected : new int[] {0xffff, 1, 2}) {
            ByteBuffer packet = inner("45 00 0014 abcd 0000 40 01 0000 0af40003 0af40106");
            last.encapsulate(packet, PEERS);
            assertThat(packet.getShort(4) & 0xffff).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "45 00 0014 abcd 0000 40 01 0000 0af40003 0af40206, no node serves it",
        "60 00 0000 0000 0000 0000 0000 0000 0000 0af40106, IPv6",
        "45 00 0014, cut short",
    })
    void sendsNothingElse(String packet, String reason) {
        assertThat(encapsulation.encapsulate(inner(packet), PEERS))
                .as(reason)
                .isEqualTo(Peers.NONE);
    }

    @Test
    void decapsulatesAPacketWithOptions() {
        ByteBuffer packet =
                bytes(
                        "46000000 00010000 40040000 ac120003 ac120002 01010101"
                                + "45000014 00020000 40010000 0af40106 0af40003");
        assertThat(Encapsulation.decapsulate(packet, PEERS)).isTrue();
        assertThat(hex(packet)).isEqualTo("4500001400020000400100000af401060af40003");
    }

    @ParameterizedTest
    @CsvSource({
        "00, 00, true, 00", "01, 00, true, 00", "02, 00, true, 00", "03, 00, false, 00",
        "00, 01, true, 01", "02, 01, true, 01", "03, 01, true, 03", "03, ba, true, bb",
        "03, 03, true, 03", "02, 03, true, 03",
    })
    void followsRfc6040(String outerTos, String innerTos, boolean passes, String seenTos) {
        ByteBuffer packet =
                bytes(
                        "45%s0028 00010000 40040000 ac120003 ac120002".formatted(outerTos)
                                + "45%s0014 00020000 40010000 0af40106 0af40003"
                                        .formatted(innerTos));
        packet.putShort(30, checksum(packet, 20));

        assertThat(Encapsulation.decapsulate(packet, PEERS)).isEqualTo(passes);
        assertThat(packet.get(21)).isEqualTo((byte) Integer.parseInt(seenTos, 16));
        short written = packet.getShort(30);
        assertThat(written).isEqualTo(checksum(packet, 20));
    }

    @ParameterizedTest
    @CsvSource({
        "45000028 00010000 40040000 ac120004, a stranger",
        "4f000028 00010000 40040000 ac120003, a header longer than the packet",
        "41000028 00010000 40040000 ac120003, a header shorter than a header",
    })
    void drops(String outer, String reason) {
        ByteBuffer packet = bytes(outer + "ac120002 45000014 00020000 40010000 0af40106 0af40003");
        assertThat(Encapsulation.decapsulate(packet, PEERS)).as(reason).isFalse();
    }

    @Test
    void dropsATruncatedInnerPacket() {
        assertThat(
                        Encapsulation.decapsulate(
                                bytes("45000028 00010000 40040000 ac120003 ac120002 4500"), PEERS))
                .isFalse();
    }

    private static short checksum(ByteBuffer packet, int ip) {
        int sum = 0;
        for (int word = 0; word < 10; word++) {
            sum += word == 5 ? 0 : packet.getShort(ip + 2 * word) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** Returns a packet with space for the outer header before it. */
    private static ByteBuffer inner(String hex) {
        return bytes("00".repeat(20) + hex).position(20);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static String hex(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(packet.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
