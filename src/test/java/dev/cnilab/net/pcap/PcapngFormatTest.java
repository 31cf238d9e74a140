package dev.cnilab.net.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Frames;
import dev.cnilab.net.packet.LinkType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngFormatTest {

    private static final Instant TIME = Instant.parse("2026-11-23T06:00:00.123456789Z");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interfacesOfTwoLinkTypesEnhancedAndSimplePackets(boolean bigEndian) throws IOException {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

        CaptureReader.Capture capture = CaptureReaderTest.read(file(order));

        assertThat(capture.damage()).isEmpty();
        assertThat(capture.frames())
                .extracting(Frame::linkType)
                .containsExactly(LinkType.RAW_IP, LinkType.ETHERNET);
        assertThat(capture.frames().getFirst().time()).isEqualTo(TIME);
        assertThat(capture.frames().getFirst().bytes()).isEqualTo(Frames.ping(64));
        assertThat(capture.frames().getLast().bytes()).isEqualTo(Frames.tunnelled());
    }

    @Test
    void readsWhatTheWriterWrote() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        InterfaceStatistics statistics = new InterfaceStatistics("cni0", TIME, 7, 2);
        try (PcapngWriter writer = new PcapngWriter(file)) {
            writer.write(
                    new Frame(
                            TIME,
                            "flannel.ipip",
                            LinkType.RAW_IP,
                            Frame.Direction.OUT,
                            2000,
                            Frames.ping(64)));
            writer.add("cni0", LinkType.ETHERNET);
            writer.write(statistics);
            writer.write(
                    new Frame(
                            TIME.plusNanos(1),
                            "cni0",
                            LinkType.ETHERNET,
                            Frame.Direction.IN,
                            118,
                            Frames.tunnelled()));
        }
        List<InterfaceStatistics> counted = new ArrayList<>();
        try (CaptureReader reader =
                new CaptureReader(new ByteArrayInputStream(file.toByteArray()), counted::add)) {
            Frame first = reader.next().orElseThrow();
            assertThat(first.time()).isEqualTo(TIME);
            assertThat(first.interfaceName()).isEqualTo("flannel.ipip");
            assertThat(first.direction()).isEqualTo(Frame.Direction.OUT);
            assertThat(first.wireLength()).isEqualTo(2000);
            assertThat(first.bytes()).isEqualTo(Frames.ping(64));
            assertThat(counted).isEmpty();
            Frame second = reader.next().orElseThrow();
            assertThat(second.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(second.direction()).isEqualTo(Frame.Direction.IN);
            assertThat(second.bytes()).isEqualTo(Frames.tunnelled());
            assertThat(counted).containsExactly(statistics);
            assertThat(reader.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 130})
    void cutFileGivesALocatedReason(int missing) throws IOException {
        byte[] file = file(ByteOrder.LITTLE_ENDIAN);

        CaptureReader.Capture capture =
                CaptureReaderTest.read(Arrays.copyOf(file, file.length - missing));
        assertThat(capture.frames()).hasSize(1);
        assertThat(capture.damage().orElseThrow()).hasMessageContaining("ends after");
    }

    /**
     * Builds a file: section header, Ethernet and raw IP interfaces, statistics, a packet of each
     * interface.
     */
    static byte[] file(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(600).order(order);
        block(file, 0x0a0d0d0a, body -> body.putInt(0x1a2b3c4d).putInt(1).putLong(-1));
        block(file, 1, body -> body.putShort((short) 1).putShort((short) 0).putInt(0));
        block(
                file,
                1,
                body -> {
                    body.putShort((short) 101).putShort((short) 0).putInt(0);
                    body.putShort((short) 9)
                            .putShort((short) 1)
                            .put((byte) 9)
                            .put(new byte[3])
                            .putInt(0);
                });
        block(file, 5, body -> body.putInt(0).putLong(0));
        byte[] ping = Frames.ping(64);
        long stamp = TIME.getEpochSecond() * 1_000_000_000 + TIME.getNano();
        block(
                file,
                6,
                body -> {
                    body.putInt(1).putInt((int) (stamp >>> 32)).putInt((int) stamp);
                    body.putInt(ping.length).putInt(ping.length).put(ping);
                });
        byte[] tunnelled = Frames.tunnelled();
        block(file, 3, body -> body.putInt(118).put(tunnelled).putShort((short) 0));
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void block(ByteBuffer file, int type, Consumer<ByteBuffer> body) {
        int start = file.position();
        file.putInt(type).putInt(0);
        body.accept(file);
        int length = file.position() + 4 - start;
        file.putInt(length).putInt(start + 4, length);
    }
}
