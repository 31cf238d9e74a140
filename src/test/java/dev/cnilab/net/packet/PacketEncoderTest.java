package dev.cnilab.net.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketEncoderTest {

    @Test
    void checksumOfTheExampleInRfc1071() {
        byte[] example = HexFormat.of().parseHex("0001f203f4f5f6f7");

        assertThat(InternetChecksum.of(example)).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void oddLengthIsPaddedWithZero() {
        assertThat(InternetChecksum.of(new byte[] {1, 2, 3}))
                .isEqualTo(InternetChecksum.of(new byte[] {1, 2, 3, 0}));
    }

    @Test
    void checksumOverAHeaderWithItsChecksumIsZero() {
        byte[] ping = Frames.ping(64);

        assertThat(InternetChecksum.of(ping, 0, 20)).isZero();
        assertThat(InternetChecksum.of(ping, 20, ping.length - 20)).isZero();
    }

    @Test
    void udpChecksumCoversThePseudoHeader() {
        byte[] datagram = PacketEncoder.udp(Frames.POD, 1, Frames.PEER, 2, new byte[] {42});
        byte[] pseudo = HexFormat.of().parseHex("0af400030af4010600110009");
        byte[] both = new byte[pseudo.length + datagram.length];
        System.arraycopy(pseudo, 0, both, 0, pseudo.length);
        System.arraycopy(datagram, 0, both, pseudo.length, datagram.length);

        assertThat(InternetChecksum.of(both)).isZero();
    }

    @Test
    void decodesWhatWasEncoded() {
        Header.Ipv4 header =
                new Header.Ipv4(
                        Frames.POD, Frames.PEER, 253, 17, 0x2e, 65535, true, false, 0, 30, 20);

        assertThat(
                        Packet.decode(LinkType.RAW_IP, PacketEncoder.ipv4(header, new byte[10]))
                                .headers())
                .startsWith(header);
    }
}
