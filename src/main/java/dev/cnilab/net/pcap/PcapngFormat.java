package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pcapng format (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-05.html): blocks with
 * interfaces, packets and statistics are read, all others skipped.
 */
final class PcapngFormat implements CaptureFormat {

    /** Type of a section header block; the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int SIMPLE_PACKET = 3;
    static final int INTERFACE = 1;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;
    static final int OPTION_END = 0;
    static final int OPTION_INTERFACE_NAME = 2;
    static final int OPTION_TIMESTAMP_RESOLUTION = 9;
    static final int OPTION_PACKET_FLAGS = 2;
    static final int OPTION_RECEIVED = 4;
    static final int OPTION_DROPPED = 5;
    private static final int MAX_BLOCK = 1 << 24;
    private static final long NANOS = 1_000_000_000;

    /**
     * An interface described in the file.
     *
     * @param unitsPerSecond resolution of its time stamps
     */
    private record Interface(String name, LinkType linkType, int snapLength, long unitsPerSecond) {}

    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private final List<Interface> interfaces = new ArrayList<>();

    private final Consumer<InterfaceStatistics> statistics;

    private PcapngFormat(Consumer<InterfaceStatistics> statistics) {
        this.statistics = statistics;
    }

    static PcapngFormat begin(CaptureInput in, Consumer<InterfaceStatistics> statistics)
            throws IOException {
        PcapngFormat format = new PcapngFormat(statistics);
        format.section(in);
        return format;
    }

    @Override
    public Optional<Frame> next(CaptureInput in) throws IOException {
        while (true) {
            long start = in.offset();
            Optional<ByteBuffer> type = in.readOrEnd(4, "block type");
            if (type.isEmpty()) {
                return Optional.empty();
            }
            Optional<Frame> frame =
                    switch (type.get().order(order).getInt(0)) {
                        case SECTION_HEADER -> {
                            section(in);
                            yield Optional.empty();
                        }
                        case INTERFACE -> {
                            interfaces.add(readInterface(body(in, start, 8), start));
                            yield Optional.empty();
                        }
                        case ENHANCED_PACKET -> Optional.of(enhanced(body(in, start, 20), start));
                        case INTERFACE_STATISTICS -> {
                            statistics.accept(statistics(body(in, start, 12), start));
                            yield Optional.empty();
                        }
                        case SIMPLE_PACKET -> Optional.of(simple(body(in, start, 4), start));
                        default -> {
                            body(in, start, 0);
                            yield Optional.empty();
                        }
                    };
            if (frame.isPresent()) {
                return frame;
            }
        }
    }

    /**
     * Reads a section header after its type. A new section may have another byte order and clears
     * the interfaces.
     */
    private void section(CaptureInput in) throws IOException {
        long start = in.offset() - 4;
        ByteBuffer head = in.read(8, "section header");
        order = head.getInt(4) == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (head.order(order).getInt(4) != BYTE_ORDER_MAGIC) {
            throw new CaptureFormatException(start, "section header without byte-order magic");
        }
        int length = blockLength(head.getInt(0), 28, start);
        in.read(length - 12, "section header");
        interfaces.clear();
    }

    /** Reads the body of a block whose type was read, checking its length. */
    private ByteBuffer body(CaptureInput in, long start, int least) throws IOException {
        int length =
                blockLength(in.read(4, "block length").order(order).getInt(0), 12 + least, start);
        ByteBuffer body = in.read(length - 8, "block").order(order);
        return body.limit(length - 12);
    }

    private static int blockLength(int length, int least, long start)
            throws CaptureFormatException {
        if (length < least || length > MAX_BLOCK || length % 4 != 0) {
            throw new CaptureFormatException(
                    start, "invalid block: length " + Integer.toUnsignedString(length));
        }
        return length;
    }

    private static Interface readInterface(ByteBuffer body, long start)
            throws CaptureFormatException {
        LinkType linkType = CaptureFormat.linkType(body.getShort(0) & 0xffff, start + 8);
        int snapLength = body.getInt(4);
        Map<Integer, ByteBuffer> options = options(body.position(8), start);
        ByteBuffer name = options.getOrDefault(OPTION_INTERFACE_NAME, ByteBuffer.allocate(0));
        ByteBuffer resolution = options.get(OPTION_TIMESTAMP_RESOLUTION);
        return new Interface(
                StandardCharsets.UTF_8.decode(name).toString(),
                linkType,
                snapLength,
                resolution == null || resolution.remaining() != 1
                        ? 1_000_000
                        : unitsPerSecond(resolution.get(), start));
    }

    /** Reads the options after a block's fixed part; of several with one code, the first. */
    private static Map<Integer, ByteBuffer> options(ByteBuffer body, long start)
            throws CaptureFormatException {
        Map<Integer, ByteBuffer> options = new HashMap<>();
        while (body.remaining() >= 4) {
            int code = body.getShort() & 0xffff;
            int length = body.getShort() & 0xffff;
            if (length > body.remaining()) {
                throw new CaptureFormatException(start, "option longer than its block");
            }
            options.putIfAbsent(code, body.slice(body.position(), length).order(body.order()));
            body.position(Math.min(body.limit(), body.position() + (length + 3 & ~3)));
        }
        return options;
    }

    /**
     * Decodes a time stamp resolution: a negative power of ten, or of two when the highest bit is
     * set. At most 63 bits are supported.
     */
    private static long unitsPerSecond(byte resolution, long start) throws CaptureFormatException {
        int exponent = resolution & 0x7f;
        boolean binary = resolution < 0;
        if (exponent > (binary ? 62 : 18)) {
            throw new CaptureFormatException(start, "time stamp resolution " + resolution);
        }
        return binary ? 1L << exponent : Math.powExact(10L, exponent);
    }

    private Frame enhanced(ByteBuffer body, long start) throws CaptureFormatException {
        Interface source = at(body.getInt(0), start);
        int kept = body.getInt(12);
        int wireLength = body.getInt(16);
        byte[] bytes = bytes(body.position(20), kept, start);
        body.position(Math.min(body.limit(), 20 + (kept + 3 & ~3)));
        return new Frame(
                time(source, body, start),
                source.name,
                source.linkType,
                direction(options(body, start).get(OPTION_PACKET_FLAGS)),
                Math.max(kept, wireLength),
                bytes);
    }

    /** Decodes the direction: the lowest two bits of the flags word. */
    private static Frame.Direction direction(@Nullable ByteBuffer flags) {
        return switch (flags == null || flags.remaining() != 4 ? 0 : flags.getInt(0) & 3) {
            case 1 -> Frame.Direction.IN;
            case 2 -> Frame.Direction.OUT;
            default -> Frame.Direction.UNKNOWN;
        };
    }

    private InterfaceStatistics statistics(ByteBuffer body, long start)
            throws CaptureFormatException {
        Interface source = at(body.getInt(0), start);
        Map<Integer, ByteBuffer> options = options(body.position(12), start);
        return new InterfaceStatistics(
                source.name,
                time(source, body, start),
                count(options.get(OPTION_RECEIVED)),
                count(options.get(OPTION_DROPPED)));
    }

    private static long count(@Nullable ByteBuffer option) {
        return option == null || option.remaining() != 8 ? 0 : option.getLong(0);
    }

    /**
     * Reads a time stamp: the two words after the interface's number, in packet and statistics
     * blocks.
     */
    private static Instant time(Interface source, ByteBuffer body, long start)
            throws CaptureFormatException {
        long stamp = (long) body.getInt(4) << 32 | body.getInt(8) & 0xffffffffL;
        long seconds = Long.divideUnsigned(stamp, source.unitsPerSecond);
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw new CaptureFormatException(
                    start, "time stamp of " + Long.toUnsignedString(seconds) + " seconds");
        }
        long rest = Long.remainderUnsigned(stamp, source.unitsPerSecond);
        // Divides first when the units are finer than nanoseconds: the product would overflow.
        long nanos =
                source.unitsPerSecond <= NANOS
                        ? rest * NANOS / source.unitsPerSecond
                        : rest / (source.unitsPerSecond / NANOS);
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Reads a simple packet block. It has no time stamp, so the frame's is the epoch. */
    private Frame simple(ByteBuffer body, long start) throws CaptureFormatException {
        Interface source = at(0, start);
        int wireLength = body.getInt(0);
        int kept = Math.min(wireLength, body.position(4).remaining());
        if (source.snapLength > 0) {
            kept = Math.min(kept, source.snapLength);
        }
        return new Frame(
                Instant.EPOCH,
                source.name,
                source.linkType,
                Frame.Direction.UNKNOWN,
                Math.max(kept, wireLength),
                bytes(body, kept, start));
    }

    private Interface at(int index, long start) throws CaptureFormatException {
        if (index < 0 || index >= interfaces.size()) {
            throw new CaptureFormatException(
                    start, "packet of interface " + index + ", which was not described");
        }
        return interfaces.get(index);
    }

    private static byte[] bytes(ByteBuffer body, int kept, long start)
            throws CaptureFormatException {
        if (kept < 0 || kept > body.remaining()) {
            throw new CaptureFormatException(
                    start, "packet of " + Integer.toUnsignedString(kept) + " bytes in its block");
        }
        byte[] bytes = new byte[kept];
        body.get(bytes);
        return bytes;
    }
}
