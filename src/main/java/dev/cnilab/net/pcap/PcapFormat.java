package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/** The classic format: a header, then records. */
record PcapFormat(ByteOrder order, int unitNanos, LinkType linkType) implements CaptureFormat {

    static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    static final int FILE_HEADER = 24;
    static final int RECORD_HEADER = 16;

    /** The largest frame that tcpdump accepts in a capture (MAXIMUM_SNAPLEN), in bytes. */
    static final int MAX_FRAME = 262_144;

    static PcapFormat begin(ByteBuffer magic, CaptureInput in) throws IOException {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        int value = magic.order(order).getInt(0);
        if (value != MAGIC_MICROSECONDS && value != MAGIC_NANOSECONDS) {
            order = ByteOrder.LITTLE_ENDIAN;
            value = magic.order(order).getInt(0);
        }
        int unit =
                switch (value) {
                    case MAGIC_MICROSECONDS -> 1000;
                    case MAGIC_NANOSECONDS -> 1;
                    default ->
                            throw new CaptureFormatException(
                                    0, "starts with neither pcap's nor pcapng's magic number");
                };
        ByteBuffer header = in.read(FILE_HEADER - 4, "file header").order(order);
        // The upper bits describe a frame check sequence.
        int linkType = header.getInt(16) & 0xffff;
        return new PcapFormat(order, unit, CaptureFormat.linkType(linkType, 20));
    }

    @Override
    public Optional<Frame> next(CaptureInput in) throws IOException {
        long start = in.offset();
        Optional<ByteBuffer> header = in.readOrEnd(RECORD_HEADER, "record header");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer record = header.get().order(order);
        long seconds = record.getInt(0) & 0xffffffffL;
        long nanos = (record.getInt(4) & 0xffffffffL) * unitNanos;
        int length = record.getInt(8);
        int wireLength = record.getInt(12);
        if (length < 0 || length > MAX_FRAME || nanos >= 1_000_000_000L) {
            throw new CaptureFormatException(
                    start,
                    "invalid record: length "
                            + Integer.toUnsignedString(length)
                            + ", "
                            + nanos
                            + " ns in a second");
        }
        byte[] bytes = in.read(length, "frame").array();
        return Optional.of(
                new Frame(
                        Instant.ofEpochSecond(seconds, nanos),
                        "",
                        linkType,
                        Frame.Direction.UNKNOWN,
                        Math.max(length, wireLength),
                        bytes));
    }
}
