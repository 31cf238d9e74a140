package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes pcapng with nanoseconds: any number of interfaces and link types, each frame with its
 * direction. Wireshark reads all of it; tcpdump requires one link type per file.
 */
public final class PcapngWriter implements AutoCloseable {

    private static final int LONGEST_NAME = 1024;
    private static final byte NANOSECONDS = 9;
    private static final long SECOND = 1_000_000_000;

    private final OutputStream out;
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();

    /** Writes the section header. */
    public PcapngWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer body = body(16);
        body.putInt(PcapngFormat.BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
        // The section's length is unknown while it is written.
        write(PcapngFormat.SECTION_HEADER, body.putLong(-1));
    }

    /** Describes an interface, unless it has been described. */
    public void add(String interfaceName, LinkType linkType) throws IOException {
        if (interfaces.putIfAbsent(interfaceName, interfaces.size()) != null) {
            return;
        }
        byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("an interface's name of " + name.length + " bytes");
        }
        ByteBuffer body = body(8 + 4 + name.length + 4 + 4 + 4 + 4);
        body.putShort((short) linkType.number()).putShort((short) 0).putInt(PcapFormat.MAX_FRAME);
        option(body, PcapngFormat.OPTION_INTERFACE_NAME, name);
        option(body, PcapngFormat.OPTION_TIMESTAMP_RESOLUTION, new byte[] {NANOSECONDS});
        option(body, PcapngFormat.OPTION_END, new byte[0]);
        write(PcapngFormat.INTERFACE, body);
    }

    /** Writes a frame, and the description of its interface before its first frame. */
    public void write(Frame frame) throws IOException {
        add(frame.interfaceName(), frame.linkType());
        byte[] bytes = frame.bytes();
        ByteBuffer body = body(20 + bytes.length + 3 + 8 + 4);
        head(body, frame.interfaceName(), frame.time());
        body.putInt(bytes.length).putInt(frame.wireLength()).put(bytes);
        pad(body);
        body.putShort((short) PcapngFormat.OPTION_PACKET_FLAGS).putShort((short) 4);
        body.putInt(
                switch (frame.direction()) {
                    case IN -> 1;
                    case OUT -> 2;
                    case UNKNOWN -> 0;
                });
        option(body, PcapngFormat.OPTION_END, new byte[0]);
        write(PcapngFormat.ENHANCED_PACKET, body);
    }

    /** Writes the counters of an interface that was described. */
    public void write(InterfaceStatistics statistics) throws IOException {
        ByteBuffer body = body(12 + 12 + 12 + 4);
        head(body, statistics.interfaceName(), statistics.time());
        body.putShort((short) PcapngFormat.OPTION_RECEIVED).putShort((short) 8);
        body.putLong(statistics.received());
        body.putShort((short) PcapngFormat.OPTION_DROPPED).putShort((short) 8);
        body.putLong(statistics.dropped());
        option(body, PcapngFormat.OPTION_END, new byte[0]);
        write(PcapngFormat.INTERFACE_STATISTICS, body);
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void head(ByteBuffer body, String interfaceName, Instant time) {
        Integer number = interfaces.get(interfaceName);
        if (number == null) {
            throw new IllegalArgumentException("no interface " + interfaceName);
        }
        long stamp = time.getEpochSecond() * SECOND + time.getNano();
        body.putInt(number).putInt((int) (stamp >>> 32)).putInt((int) stamp);
    }

    private static void option(ByteBuffer body, int code, byte[] value) {
        body.putShort((short) code).putShort((short) value.length).put(value);
        pad(body);
    }

    private static void pad(ByteBuffer body) {
        body.position(body.position() + 3 & ~3);
    }

    private static ByteBuffer body(int atMost) {
        return ByteBuffer.allocate(atMost + 3 & ~3).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes a block in one call: a writer that is stopped between two blocks leaves a complete
     * file.
     */
    private void write(int type, ByteBuffer body) throws IOException {
        int length = 12 + body.flip().remaining();
        ByteBuffer block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(length).put(body).putInt(length);
        out.write(block.array());
    }
}
