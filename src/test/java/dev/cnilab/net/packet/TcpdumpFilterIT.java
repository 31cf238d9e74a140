package dev.cnilab.net.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.pcap.PcapWriter;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter chooses the packets that tcpdump chooses by it. */
@Needs(Peer.TCPDUMP)
class TcpdumpFilterIT {

    private static final List<byte[]> FRAMES =
            List.of(
                    Frames.tunnelled(),
                    ip(IpProtocol.ICMP, Frames.ping(64), 20),
                    reply(PacketEncoder.icmp(icmp(0, 0), new byte[8])),
                    ip(IpProtocol.ICMP, PacketEncoder.icmp(icmp(3, 4), Frames.ping(64))),
                    ip(IpProtocol.ICMP, PacketEncoder.icmp(icmp(11, 0), Frames.ping(1))),
                    Frames.udp(53, new byte[4]),
                    Frames.udp(8080, new byte[4]),
                    Frames.udp(8472, vxlan(Frames.udp(53, new byte[4]))),
                    Frames.udp(8472, vxlan(arp())),
                    ip(IpProtocol.TCP, tcp(40000, 80, 2)),
                    ip(IpProtocol.TCP, tcp(80, 40000, 18)),
                    ip(IpProtocol.TCP, tcp(40000, 443, 24)),
                    ip(IpProtocol.TCP, tcp(443, 8080, 4)),
                    ip(IpProtocol.IPIP, PacketEncoder.ipv4(inner(), tcp(40000, 80, 2))),
                    ip(IpProtocol.GRE, new byte[8]),
                    fragment(),
                    arp(),
                    ipv6(IpProtocol.TCP, tcp(40000, 80, 2)),
                    ipv6(IpProtocol.UDP, udp(40000, 53)),
                    ipv6(IpProtocol.ICMPV6, new byte[] {(byte) 128, 0, 0, 0, 0, 0, 0, 0}));

    private static final List<String> PRIMITIVES =
            List.of(
                    "ip",
                    "ip6",
                    "arp",
                    "icmp",
                    "icmp6",
                    "tcp",
                    "udp",
                    "ip proto 4",
                    "ip proto \\tcp",
                    "ip6 proto 17",
                    "proto 6",
                    "host 10.244.0.3",
                    "src host 10.244.0.3",
                    "dst host 10.244.0.3",
                    "dst 10.244.1.6",
                    "src or dst host 10.244.1.6",
                    "src and dst host 10.244.1.6",
                    "ip host 10.244.0.3",
                    "arp host 10.244.0.3",
                    "host 172.18.0.2 or 10.244.1.6",
                    "host fd00:244::3",
                    "src fd00:244::3",
                    "ip6 net fd00:244::/32",
                    "net 10.244.0.0/24",
                    "net 10.244",
                    "net 10.244.0.3",
                    "src net 172.18.0.0/16",
                    "dst net 10.244.1.0/24",
                    "ether host c6:b9:e1:49:d8:39",
                    "ether src c6:b9:e1:49:d8:39",
                    "ether dst b6:8c:10:86:07:59",
                    "port 80",
                    "tcp port 80",
                    "udp port 80",
                    "udp port 53",
                    "udp dst port 53",
                    "tcp src port 80",
                    "port 53 or 443",
                    "tcp port 80 or 443",
                    "portrange 50-80",
                    "tcp portrange 400-500",
                    "src portrange 80-443",
                    "src and dst portrange 0-9000",
                    "icmp[icmptype] = icmp-echo",
                    "icmp[icmptype] != icmp-echo",
                    "icmp[0] == 3 and icmp[1] == 4",
                    "icmp[icmptype] >= icmp-timxceed",
                    "icmp[icmpcode] > 0",
                    "tcp[tcpflags] & tcp-syn != 0",
                    "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn",
                    "tcp[13] = 18",
                    "tcp[tcpflags] & (tcp-rst|tcp-fin) != 0",
                    "not icmp",
                    "! arp",
                    "not host 10.244.0.3 and not 10.244.1.6");

    @TempDir static Path folder;
    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        file = folder.resolve("frames.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), LinkType.ETHERNET)) {
            for (int i = 0; i < FRAMES.size(); i++) {
                byte[] frame = FRAMES.get(i);
                writer.write(
                        new Frame(
                                Instant.ofEpochSecond(i),
                                "",
                                LinkType.ETHERNET,
                                Frame.Direction.OUT,
                                frame.length,
                                frame));
            }
        }
    }

    static Stream<String> filters() {
        Random random = new Random(3);
        return Stream.concat(
                PRIMITIVES.stream(),
                Stream.generate(() -> expression(random, 3)).distinct().limit(120));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void choosesAsTcpdump(String filter) throws IOException {
        assertThat(chosen(filter)).isEqualTo(chosenByTcpdump(filter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp host 10.244.0.3",
                "icmp port 80",
                "ip port 80",
                "net 10.244.0.3/24",
                "icmp or 10.244.0.3",
                "host",
                "port 70000",
                "icmp[icmptype]",
                "ether proto",
            })
    void refusesAsTcpdump(String filter) throws IOException {
        assertThat(tcpdump(filter).exitCode()).isNotZero();
        assertThatThrownBy(() -> CaptureFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachPrimitiveChoosesSome() {
        assertThat(PRIMITIVES)
                .filteredOn(each -> chosen(each).isEmpty())
                .containsOnly("src and dst host 10.244.1.6", "udp port 80");
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return "(" + PRIMITIVES.get(random.nextInt(PRIMITIVES.size())) + ")";
        }
        String left = expression(random, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> "not " + left;
            case 1 -> "(" + left + ") and " + expression(random, depth - 1);
            case 2 -> left + " or " + expression(random, depth - 1);
            default -> left + " && ! " + expression(random, depth - 1);
        };
    }

    private static List<Integer> chosen(String text) {
        CaptureFilter filter = CaptureFilter.parse(text);
        return IntStream.range(0, FRAMES.size())
                .filter(i -> filter.matches(Packet.decode(LinkType.ETHERNET, FRAMES.get(i))))
                .boxed()
                .toList();
    }

    private static List<Integer> chosenByTcpdump(String filter) throws IOException {
        ExecResult result = tcpdump(filter);
        if (result.stderr().contains("expression rejects all packets")) {
            return List.of();
        }
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result.stdout()
                .lines()
                .filter(line -> line.matches("\\d+\\.0{6,9} .*"))
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf('.'))))
                .toList();
    }

    private static ExecResult tcpdump(String filter) throws IOException {
        return Command.of(Peer.TCPDUMP.path().toString(), "-ntt", "-r", file.toString(), filter)
                .run(Duration.ofSeconds(30));
    }

    private static Header.Icmp icmp(int type, int code) {
        return new Header.Icmp(type, code, 0);
    }

    private static byte[] ip(int protocol, byte[] packet, int from) {
        return ip(protocol, Arrays.copyOfRange(packet, from, packet.length));
    }

    private static byte[] ip(int protocol, byte[] payload) {
        return Frames.ethernet(
                EtherType.IPV4,
                PacketEncoder.ipv4(Frames.ip(Frames.POD, Frames.PEER, protocol, 64), payload));
    }

    private static byte[] reply(byte[] icmp) {
        return Frames.ethernet(
                EtherType.IPV4,
                PacketEncoder.ipv4(Frames.ip(Frames.PEER, Frames.POD, IpProtocol.ICMP, 64), icmp));
    }

    private static Header.Ipv4 inner() {
        return Frames.ip(Frames.NODE, Frames.PEER_NODE, IpProtocol.TCP, 64);
    }

    private static byte[] fragment() {
        Header.Ipv4 ip =
                new Header.Ipv4(
                        Frames.POD,
                        Frames.PEER,
                        IpProtocol.UDP,
                        64,
                        0,
                        1,
                        false,
                        false,
                        1480,
                        0,
                        20);
        return Frames.ethernet(EtherType.IPV4, PacketEncoder.ipv4(ip, udp(53, 53)));
    }

    private static byte[] tcp(int source, int destination, int flags) {
        return ByteBuffer.allocate(20)
                .putShort((short) source)
                .putShort((short) destination)
                .putLong(0)
                .put((byte) 0x50)
                .put((byte) flags)
                .array();
    }

    private static byte[] udp(int source, int destination) {
        return ByteBuffer.allocate(8)
                .putShort((short) source)
                .putShort((short) destination)
                .putShort((short) 8)
                .array();
    }

    private static byte[] vxlan(byte[] frame) {
        return ByteBuffer.allocate(8 + frame.length)
                .putInt(0x08000000)
                .putInt(1 << 8)
                .put(frame)
                .array();
    }

    private static byte[] arp() {
        return Frames.ethernet(
                EtherType.ARP,
                HexFormat.of()
                        .parseHex(
                                "0001080006040001"
                                        + "c6b9e149d8390af40003"
                                        + "0000000000000af40106"));
    }

    private static byte[] ipv6(int nextHeader, byte[] payload) {
        byte[] addresses =
                HexFormat.of()
                        .parseHex(
                                "fd000244000000000000000000000003"
                                        + "fd000244000100000000000000000006");
        return Frames.ethernet(
                EtherType.IPV6,
                ByteBuffer.allocate(40 + payload.length)
                        .putInt(0x60000000)
                        .putShort((short) payload.length)
                        .put((byte) nextHeader)
                        .put((byte) 64)
                        .put(addresses)
                        .put(payload)
                        .array());
    }
}
