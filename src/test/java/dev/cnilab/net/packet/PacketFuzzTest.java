package dev.cnilab.net.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoding any bytes terminates with at least one header, and the result can be printed. */
class PacketFuzzTest {

    private static final int ROUNDS = 20_000;

    private final Random random = new Random(20_261_123);

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void randomBytes(LinkType linkType) {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = new byte[random.nextInt(160)];
            random.nextBytes(frame);
            check(linkType, frame);
        }
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void mutatedFrames(LinkType linkType) {
        List<byte[]> seeds =
                List.of(
                        Frames.tunnelled(),
                        Frames.ping(64),
                        Frames.udp(8472, Frames.tunnelled()),
                        Frames.udp(53, new byte[20]));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = seeds.get(random.nextInt(seeds.size())).clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            check(linkType, Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
        }
    }

    private static void check(LinkType linkType, byte[] frame) {
        Packet packet = Packet.decode(linkType, frame);
        assertThat(packet.headers()).isNotEmpty();
        assertThat(packet.payloadLength()).isBetween(0, frame.length);
        assertThat(packet.toString()).isNotEmpty();
    }
}
