package dev.cnilab.net.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Frames;
import dev.cnilab.net.packet.LinkType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureReaderTest {

    private static final Instant TIME = Instant.parse("2026-11-23T06:00:00.123456789Z");
    private static final int RECORD = 16 + 118;

    @Test
    void writtenFileReadsBackToTheNanosecond() throws IOException {
        CaptureReader.Capture capture = read(file(2));

        assertThat(capture.damage()).isEmpty();
        assertThat(capture.frames()).hasSize(2);
        Frame frame = capture.frames().get(1);
        assertThat(frame.time()).isEqualTo(TIME.plusNanos(1));
        assertThat(frame.linkType()).isEqualTo(LinkType.ETHERNET);
        assertThat(frame.wireLength()).isEqualTo(118);
        assertThat(frame.bytes()).isEqualTo(Frames.tunnelled());
    }

    @ParameterizedTest
    @CsvSource({"a1b2c3d4, 1000", "a1b23c4d, 1"})
    void bothByteOrdersAndUnits(String magic, int unit) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] ping = Frames.ping(64);
            ByteBuffer file = ByteBuffer.allocate(24 + 16 + ping.length).order(order);
            file.putInt(Integer.parseUnsignedInt(magic, 16)).putInt(0).putLong(0).putInt(65535);
            file.putInt(101).putInt(1).putInt(7).putInt(ping.length).putInt(200).put(ping);

            CaptureReader.Capture capture = read(file.array());
            assertThat(capture.damage()).isEmpty();
            assertThat(capture.frames().getFirst().time())
                    .isEqualTo(Instant.ofEpochSecond(1, 7L * unit));
            assertThat(capture.frames().getFirst().wireLength()).isEqualTo(200);
            assertThat(capture.frames().getFirst().linkType()).isEqualTo(LinkType.RAW_IP);
        }
    }

    @Test
    void truncatedFileYieldsCompleteFramesAndTheOffset() throws IOException {
        byte[] whole = file(2);

        CaptureReader.Capture capture = read(Arrays.copyOf(whole, whole.length - 5));
        assertThat(capture.frames()).hasSize(1);
        assertThat(capture.damage().orElseThrow())
                .hasMessage(
                        "capture file, byte "
                                + (24 + RECORD + 16)
                                + ": frame of 118 bytes ends after 113");
    }

    @Test
    void damagedLengthIsReportedAndNotAllocated() throws IOException {
        byte[] damaged = file(2);
        damaged[24 + RECORD + 11] = 0x7f;

        CaptureReader.Capture capture = read(damaged);
        assertThat(capture.frames()).hasSize(1);
        assertThat(capture.damage().orElseThrow().offset()).isEqualTo(24 + RECORD);
    }

    @Test
    void rejectsOtherFiles() throws IOException {
        assertThat(
                        read("not a capture, is it?".getBytes(StandardCharsets.UTF_8))
                                .damage()
                                .orElseThrow())
                .hasMessageContaining("neither pcap's nor pcapng's magic number");
        assertThat(read(new byte[0]).damage().orElseThrow())
                .hasMessageContaining("file header of 4 bytes is missing");
        byte[] radio = file(1);
        radio[20] = 127;
        assertThat(read(radio).damage().orElseThrow()).hasMessageContaining("link type 127");
    }

    @Test
    void rejectsASecondLinkType() throws IOException {
        try (PcapWriter writer = new PcapWriter(new ByteArrayOutputStream(), LinkType.RAW_IP)) {
            assertThatThrownBy(() -> writer.write(frame(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ETHERNET in a file of RAW_IP");
        }
    }

    @Test
    void anyDamageYieldsFramesAndAReason() throws IOException {
        Random random = new Random(4);
        for (byte[] seed : new byte[][] {file(3), PcapngFormatTest.file(ByteOrder.BIG_ENDIAN)}) {
            for (int i = 0; i < 5_000; i++) {
                byte[] damaged = seed.clone();
                for (int flips = random.nextInt(6); flips >= 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                assertThat(read(Arrays.copyOf(damaged, random.nextInt(damaged.length + 1))))
                        .isNotNull();
            }
        }
    }

    static CaptureReader.Capture read(byte[] file) throws IOException {
        return CaptureReader.readAll(new ByteArrayInputStream(file));
    }

    private static byte[] file(int frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out, LinkType.ETHERNET)) {
            for (int i = 0; i < frames; i++) {
                writer.write(frame(i));
            }
        }
        return out.toByteArray();
    }

    private static Frame frame(int number) {
        return new Frame(
                TIME.plusNanos(number),
                "",
                LinkType.ETHERNET,
                Frame.Direction.OUT,
                118,
                Frames.tunnelled());
    }
}
