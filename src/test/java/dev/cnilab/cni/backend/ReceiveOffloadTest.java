package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.TunDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReceiveOffloadTest {

    private static final int MTU = 1480;
    private static final String NOTHING = "00".repeat(TunDevice.HEADER);

    /** Source 10.244.0.3, destination 10.244.1.6. */
    private static final String ADDRESSES = "0af40003 0af40106";

    /** Ports, sequence numbers, header length of 5 words, ACK, window. */
    private static final String TCP = "0050 8000 00000001 00000002 5010 ffff";

    @Test
    void describesACompletePacketWithoutOffload() {
        assertThat(described("4500 0028 0001 4000 40 06 0000" + ADDRESSES + TCP + "1234 0000"))
                .isEqualTo(NOTHING);
        assertThat(described("4500 0014 0001 4000 40 01 0000" + ADDRESSES)).isEqualTo(NOTHING);
    }

    @Test
    void requestsAPendingChecksum() {
        // 0af4 + 0003 + 0af4 + 0106 + protocol + length
        assertThat(described("4500 0028 0001 4000 40 06 0000" + ADDRESSES + TCP + "170b 0000"))
                .isEqualTo(header(1, 0, 0, 0, 20, 16));
        assertThat(described("4500 001c 0001 4000 40 11 0000" + ADDRESSES + "0009 0009 0008 170a"))
                .isEqualTo(header(1, 0, 0, 0, 20, 6));
    }

    @Test
    void findsTheTransportHeaderAfterOptions() {
        assertThat(
                        described(
                                "4600 002c 0001 4000 40 06 0000"
                                        + ADDRESSES
                                        + "01010101"
                                        + TCP
                                        + "170b 0000"))
                .isEqualTo(header(1, 0, 0, 0, 24, 16));
    }

    @Test
    void aFragmentHasNoTransportHeader() {
        assertThat(described("4500 0028 0001 2000 40 06 0000" + ADDRESSES + TCP + "170b 0000"))
                .isEqualTo(NOTHING);
        assertThat(described("4500 0028 0001 0010 40 06 0000" + ADDRESSES + TCP + "170b 0000"))
                .isEqualTo(NOTHING);
    }

    @Test
    void describesAPacketAboveTheMtuAsSegments() {
        // 3000 bytes after the headers: 16f7 + 3020
        String packet = "4500 0be0 0001 4000 40 06 0000" + ADDRESSES + TCP + "22c3 0000";
        assertThat(described(packet + "00".repeat(3000))).isEqualTo(header(1, 1, 40, 1440, 20, 16));
        String reduced = packet.replace("5010", "5090");
        assertThat(described(reduced + "00".repeat(3000)))
                .isEqualTo(header(1, 0x81, 40, 1440, 20, 16));
    }

    @Test
    void ignoresATruncatedHeader() {
        assertThat(described("4500 0024 0001 4000 40 06 0000" + ADDRESSES + TCP))
                .isEqualTo(NOTHING);
        assertThat(described("4f00 0014 0001 4000 40 06 0000" + ADDRESSES)).isEqualTo(NOTHING);
    }

    /** Returns the header written before the packet, in hexadecimal digits. */
    private static String described(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ByteBuffer packet = ByteBuffer.allocate(30 + bytes.length).put(new byte[30]).put(bytes);
        packet.flip().position(30);
        ReceiveOffload.describe(packet, MTU);
        assertThat(packet.remaining()).isEqualTo(TunDevice.HEADER + bytes.length);
        byte[] header = new byte[TunDevice.HEADER];
        packet.get(header);
        return HexFormat.of().formatHex(header);
    }

    private static String header(
            int flags, int gsoType, int headers, int gsoSize, int start, int offset) {
        ByteBuffer header = ByteBuffer.allocate(TunDevice.HEADER).order(ByteOrder.nativeOrder());
        header.put((byte) flags).put((byte) gsoType).putShort((short) headers);
        header.putShort((short) gsoSize).putShort((short) start).putShort((short) offset);
        return HexFormat.of().formatHex(header.array());
    }
}
