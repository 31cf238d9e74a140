package dev.cnilab.net.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketTest {

    /** A captured SYN, from the IPv4 header on. */
    private static final String SYN =
            "4500003c1c4640004006b1e6ac100a63ac100a0c"
                    + "b5c200500000000100000002a0022fafffff0000"
                    + "020405b40402080a0000000000000000";

    @Test
    void decodesEveryHeaderOfATunnelledPing() {
        Packet packet = Packet.decode(LinkType.ETHERNET, Frames.tunnelled());

        assertThat(packet.headers())
                .containsExactly(
                        new Header.Ethernet(Frames.SOURCE, Frames.DESTINATION, EtherType.IPV4),
                        new Header.Ipv4(
                                Frames.NODE,
                                Frames.PEER_NODE,
                                4,
                                63,
                                0,
                                4711,
                                true,
                                false,
                                0,
                                104,
                                20),
                        new Header.Ipv4(
                                Frames.POD, Frames.PEER, 1, 63, 0, 4711, true, false, 0, 84, 20),
                        new Header.Icmp(Header.Icmp.ECHO_REQUEST, 0, 7 << 16 | 1));
        assertThat(packet.payloadLength()).isEqualTo(56);
        assertThat(packet.truncated()).isFalse();
        assertThat(packet.inner().orElseThrow().first(Header.Ipv4.class).orElseThrow().source())
                .isEqualTo(Frames.POD);
        assertThat(packet)
                .hasToString(
                        "eth c6:b9:e1:49:d8:39 > b6:8c:10:86:07:59"
                                + " | ip 172.18.0.2 > 172.18.0.3 ttl 63 id 4711 len 104 proto 4 DF"
                                + " | ip 10.244.0.3 > 10.244.1.6 ttl 63 id 4711 len 84 DF"
                                + " | icmp echo request id 7 seq 1 | 56 bytes");
    }

    @Test
    void tcpWithOptionsFromRawIp() {
        Packet packet = Packet.decode(LinkType.RAW_IP, HexFormat.of().parseHex(SYN));

        assertThat(packet.first(Header.Tcp.class))
                .contains(new Header.Tcp(46530, 80, 1, 2, 2, 0x2faf));
        // The header announces 60 bytes of packet; 56 are present.
        assertThat(packet.truncated()).isTrue();
        assertThat(packet.toString()).contains("tcp 46530 > 80 [S] seq 1").endsWith("(cut)");
    }

    @Test
    void tosKeepsItsCongestionBits() {
        Header.Ipv4 marked =
                new Header.Ipv4(Frames.POD, Frames.PEER, 253, 1, 0xb9, 9, false, true, 0, 0, 20);
        Header.Ipv4 decoded = ipv4(marked, new byte[8]);

        assertThat(decoded.tos()).isEqualTo(0xb9);
        assertThat(decoded.ecn()).isEqualTo(1);
        assertThat(decoded.moreFragments()).isTrue();
        assertThat(decoded.dontFragment()).isFalse();
    }

    @Test
    void laterFragmentHasNoTransportHeader() {
        Header.Ipv4 fragment =
                new Header.Ipv4(Frames.POD, Frames.PEER, 17, 64, 0, 9, false, false, 1480, 0, 20);
        Packet packet = Packet.decode(LinkType.RAW_IP, PacketEncoder.ipv4(fragment, new byte[40]));

        assertThat(packet.first(Header.Ipv4.class).orElseThrow().fragmentOffset()).isEqualTo(1480);
        assertThat(packet.headers()).hasSize(1);
        assertThat(packet.payloadLength()).isEqualTo(40);
    }

    @Test
    void payloadExcludesEthernetPadding() {
        byte[] padded = Arrays.copyOf(Frames.udp(53, new byte[2]), 60);

        assertThat(Packet.decode(LinkType.ETHERNET, padded).payloadLength()).isEqualTo(2);
    }

    @Test
    void acceptsLengthZeroOfASegmentForOffload() {
        byte[] frame = Frames.ping(64);
        frame[2] = 0;
        frame[3] = 0;

        Packet packet = Packet.decode(LinkType.RAW_IP, frame);
        assertThat(packet.payloadLength()).isEqualTo(56);
        assertThat(packet.truncated()).isFalse();
    }

    @Test
    void arp() {
        byte[] request =
                HexFormat.of()
                        .parseHex("0001080006040001c6b9e149d8390af40003" + "0000000000000af40001");
        Packet packet = Packet.decode(LinkType.ETHERNET, Frames.ethernet(0x0806, request));

        Header.Arp arp = packet.first(Header.Arp.class).orElseThrow();
        assertThat(arp.senderMac()).isEqualTo(Frames.SOURCE);
        assertThat(arp.targetIp()).isEqualTo(Ipv4Address.parse("10.244.0.1"));
        assertThat(packet.toString()).contains("arp who has 10.244.0.1 tell 10.244.0.3");
    }

    @Test
    void vlanTagAndUnknownEthertype() {
        byte[] tagged = HexFormat.of().parseHex("006488cc");
        Packet packet = Packet.decode(LinkType.ETHERNET, Frames.ethernet(0x8100, tagged));

        assertThat(packet.headers().subList(1, 3))
                .isEqualTo(
                        List.of(
                                new Header.Vlan(100, 0x88cc),
                                new Header.Unknown("ethertype 0x88cc")));
    }

    @Test
    void decodesTheFrameInsideVxlan() {
        byte[] inner = Frames.ethernet(EtherType.IPV4, Frames.ping(64));
        byte[] vxlan = new byte[8 + inner.length];
        vxlan[0] = 8;
        vxlan[6] = 1;
        System.arraycopy(inner, 0, vxlan, 8, inner.length);
        Packet packet = Packet.decode(LinkType.ETHERNET, Frames.udp(8472, vxlan));

        assertThat(packet.first(Header.Vxlan.class)).contains(new Header.Vxlan(1));
        assertThat(packet.inner().orElseThrow().first(Header.Icmp.class)).isPresent();
    }

    @Test
    void ipv6() {
        byte[] packet = new byte[48];
        packet[0] = 0x60;
        packet[5] = 8;
        packet[6] = 17;
        packet[7] = 64;
        packet[23] = 1;
        packet[39] = 2;

        assertThat(Packet.decode(LinkType.RAW_IP, packet).toString())
                .isEqualTo("ip6 ::1 > ::2 hlim 64 | udp 0 > 0 | 0 bytes");
    }

    @Test
    void decodesBothCookedVersions() {
        byte[] ping = Frames.ping(64);
        byte[] first = new byte[16 + ping.length];
        first[1] = 4;
        first[14] = 8;
        System.arraycopy(ping, 0, first, 16, ping.length);
        byte[] second = new byte[20 + ping.length];
        second[0] = 8;
        second[10] = 4;
        System.arraycopy(ping, 0, second, 20, ping.length);

        assertThat(Packet.decode(LinkType.LINUX_SLL, first))
                .isEqualTo(Packet.decode(LinkType.LINUX_SLL2, second))
                .asString()
                .startsWith("cooked out | ip 10.244.0.3 > 10.244.1.6");
    }

    @Test
    void describesMalformedHeaders() {
        assertThat(Packet.decode(LinkType.RAW_IP, new byte[0]).headers())
                .containsExactly(new Header.Truncated("IP", 0));
        assertThat(Packet.decode(LinkType.RAW_IP, new byte[] {0x55}).headers())
                .containsExactly(new Header.Unknown("IP version 5"));
        byte[] shortHeader = Frames.ping(1);
        shortHeader[0] = 0x41;
        assertThat(Packet.decode(LinkType.RAW_IP, shortHeader).headers())
                .containsExactly(new Header.Unknown("IPv4 header that starts with 0x41"));
        byte[] shortLength = Frames.ping(1);
        shortLength[3] = 10;
        assertThat(Packet.decode(LinkType.RAW_IP, shortLength).headers())
                .contains(new Header.Unknown("IPv4 length 10 below its header's 20"));
    }

    private static Header.Ipv4 ipv4(Header.Ipv4 header, byte[] payload) {
        return Packet.decode(LinkType.RAW_IP, PacketEncoder.ipv4(header, payload))
                .first(Header.Ipv4.class)
                .orElseThrow();
    }
}
