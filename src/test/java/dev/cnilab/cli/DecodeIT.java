package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.packet.EtherType;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Frames;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.IpProtocol;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.packet.PacketEncoder;
import dev.cnilab.net.pcap.PcapWriter;
import dev.cnilab.net.pcap.PcapngWriter;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares {@code lab decode} with {@code tcpdump -r} on the same files. */
@Needs(Peer.TCPDUMP)
class DecodeIT {

    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final Instant TIME = Instant.parse("2026-11-23T06:00:00.123456789Z");

    @TempDir private Path directory;

    /** IPv4 packets of each supported protocol. */
    private static List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        packets.add(Frames.ping(64));
        packets.add(
                PacketEncoder.ipv4(
                        Frames.ip(Frames.NODE, Frames.PEER_NODE, IpProtocol.IPIP, 63),
                        Frames.ping(63)));
        packets.add(
                PacketEncoder.ipv4(
                        Frames.ip(Frames.POD, Frames.PEER, IpProtocol.UDP, 9),
                        PacketEncoder.udp(Frames.POD, 5353, Frames.PEER, 53, new byte[30])));
        ByteBuffer syn = ByteBuffer.allocate(20).putShort((short) 40000).putShort((short) 80);
        syn.putInt(0xdeadbeef).putInt(0).put((byte) 0x50).put((byte) 2).putShort((short) 512);
        packets.add(
                PacketEncoder.ipv4(
                        Frames.ip(Frames.POD, Frames.PEER, IpProtocol.TCP, 64), syn.array()));
        packets.add(
                PacketEncoder.ipv4(
                        Frames.ip(Frames.NODE, Frames.POD, IpProtocol.ICMP, 64),
                        PacketEncoder.icmp(
                                new Header.Icmp(3, 4, 1480), Arrays.copyOf(Frames.ping(64), 28))));
        return packets;
    }

    private static byte[] framed(LinkType type, byte[] packet) {
        return switch (type) {
            case ETHERNET -> Frames.ethernet(EtherType.IPV4, packet);
            case RAW_IP -> packet;
            case LINUX_SLL ->
                    ByteBuffer.allocate(16 + packet.length)
                            .putShort((short) 4)
                            .putShort((short) 1)
                            .putShort((short) 6)
                            .put(new byte[8])
                            .putShort((short) EtherType.IPV4)
                            .put(packet)
                            .array();
            case LINUX_SLL2 ->
                    ByteBuffer.allocate(20 + packet.length)
                            .putShort((short) EtherType.IPV4)
                            .putShort((short) 0)
                            .putInt(2)
                            .putShort((short) 1)
                            .put((byte) 4)
                            .put((byte) 6)
                            .put(new byte[8])
                            .put(packet)
                            .array();
        };
    }

    private static List<Frame> frames(LinkType type) {
        List<Frame> frames = new ArrayList<>();
        for (byte[] packet : packets()) {
            byte[] bytes = framed(type, packet);
            frames.add(
                    new Frame(
                            TIME.plusNanos(1000L * frames.size()),
                            "eth0",
                            type,
                            Frame.Direction.OUT,
                            bytes.length,
                            bytes));
        }
        return frames;
    }

    private Path pcap(LinkType type) throws IOException {
        Path file = directory.resolve("a.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), type)) {
            for (Frame frame : frames(type)) {
                writer.write(frame);
            }
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void pcapOfEachLinkType(LinkType type) throws IOException {
        alike(pcap(type), packets().size());
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void pcapng(LinkType type) throws IOException {
        Path file = directory.resolve("a.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file))) {
            for (Frame frame : frames(type)) {
                writer.write(frame);
            }
        }
        alike(file, packets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"micro", "nano"})
    void fileWrittenByTcpdump(String precision) throws IOException {
        Path copy = directory.resolve("b.pcap");
        run(
                "-r",
                pcap(LinkType.ETHERNET).toString(),
                "-w",
                copy.toString(),
                "--time-stamp-precision=" + precision);
        alike(copy, packets().size());
    }

    @Test
    void otherByteOrder() throws IOException {
        Path file = directory.resolve("big.pcap");
        ByteBuffer big = ByteBuffer.allocate(4096).order(ByteOrder.BIG_ENDIAN);
        big.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        big.putInt(262144).putInt(1);
        for (Frame frame : frames(LinkType.ETHERNET)) {
            Instant time = frame.time();
            big.putInt((int) time.getEpochSecond()).putInt(time.getNano() / 1000);
            big.putInt(frame.bytes().length).putInt(frame.wireLength()).put(frame.bytes());
        }
        Files.write(file, Arrays.copyOf(big.array(), big.position()));
        alike(file, packets().size());
    }

    @Test
    void truncatedBySnapLength() throws IOException {
        Path file = directory.resolve("snap.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), LinkType.ETHERNET)) {
            for (Frame frame : frames(LinkType.ETHERNET)) {
                byte[] start = Arrays.copyOf(frame.bytes(), 38);
                writer.write(
                        new Frame(
                                frame.time(),
                                "",
                                frame.linkType(),
                                Frame.Direction.UNKNOWN,
                                frame.wireLength(),
                                start));
            }
        }
        alike(file, packets().size());
    }

    @Test
    void damagedFileIsReadUpToTheDamage() throws IOException {
        Path whole = pcap(LinkType.ETHERNET);
        Path cut = directory.resolve("cut.pcap");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 7));

        Program.Run run = decode(cut, "-o", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(run.out())).hasSize(packets().size() - 1);
        assertThat(run.err()).startsWith("damaged: capture file, byte ");
        assertThat(run(List.of("-nn", "-r", cut.toString())).stdout().lines())
                .hasSize(packets().size() - 1);
    }

    @Test
    void filterMatchesAsTcpdumps() throws IOException {
        Path file = pcap(LinkType.ETHERNET);
        for (String filter :
                List.of(
                        "icmp",
                        "ip proto 4",
                        "tcp",
                        "udp and port 53",
                        "not icmp",
                        "src host 10.244.0.3",
                        "dst net 172.18.0.0/16",
                        "host 172.18.0.2")) {
            int wanted =
                    (int)
                            run(List.of("-nn", "-r", file.toString(), filter))
                                    .stdout()
                                    .lines()
                                    .count();
            assertThat(decode(file, filter).out().lines()).as(filter).hasSize(wanted);
        }
    }

    /**
     * Checks that tcpdump's line has the same time, addresses, ports and length for each packet.
     */
    private void alike(Path file, int packets) throws IOException {
        List<String> theirs =
                run(List.of("-nn", "-tt", "--nano", "-v", "-r", file.toString()))
                        .stdout()
                        .replaceAll("\n[ \t]+", " ")
                        .lines()
                        .toList();
        Program.Run run = decode(file, "-o", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode ours = new ObjectMapper().readTree(run.out());
        assertThat(theirs).hasSize(packets);
        assertThat(ours).hasSize(packets);
        for (int i = 0; i < packets; i++) {
            assertThat(theirs.get(i)).contains(words(ours.get(i)));
        }
        assertThat(decode(file).out().lines()).hasSize(packets);
    }

    private static List<String> words(JsonNode frame) {
        List<String> words = new ArrayList<>();
        Instant time = Instant.parse(frame.path("time").asText());
        words.add("%d.%09d".formatted(time.getEpochSecond(), time.getNano()));
        String port = "";
        for (JsonNode header : frame.path("headers")) {
            if (header.has("sourcePort")) {
                port = "." + header.path("sourcePort").asInt() + " > ";
                words.add("." + header.path("destinationPort").asInt() + ":");
            } else if (header.path("type").asText().equals("ipv4")) {
                words.add("ttl " + header.path("ttl").asInt());
                words.add("length " + header.path("totalLength").asInt());
                words.add(header.path("source").asText());
                words.add(header.path("destination").asText());
            }
        }
        words.add(port);
        return words;
    }

    private static Program.Run decode(Path file, String... arguments) {
        return Program.in(Path.of("unused"), Map.of())
                .run(
                        Stream.concat(
                                        Stream.of("decode", file.toString()),
                                        Stream.of(arguments).flatMap(a -> Stream.of(a.split(" "))))
                                .toArray(String[]::new));
    }

    private static void run(String... arguments) throws IOException {
        ExecResult result = run(List.of(arguments));
        assertThat(result.ok()).as(result.describe()).isTrue();
    }

    private static ExecResult run(List<String> arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(Peer.TCPDUMP.path().toString()));
        argv.addAll(arguments);
        return Command.of(argv).run(BUDGET);
    }
}
