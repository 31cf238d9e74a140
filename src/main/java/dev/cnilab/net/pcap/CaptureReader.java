package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a capture file, or a capture as it is being written: pcap of both byte orders with micro-
 * or nanoseconds, and pcapng with interfaces, enhanced and simple packets.
 */
public final class CaptureReader implements AutoCloseable {

    /**
     * All that could be read.
     *
     * @param damage why reading ended before the end of the file
     */
    public record Capture(List<Frame> frames, Optional<CaptureFormatException> damage) {

        public Capture {
            frames = List.copyOf(frames);
        }
    }

    private final CaptureInput in;
    private final CaptureFormat format;

    /**
     * Waits for the file's first bytes.
     *
     * @throws CaptureFormatException when it is no capture file
     */
    public CaptureReader(InputStream in) throws IOException {
        this(in, _ -> {});
    }

    /**
     * {@link #CaptureReader(InputStream)} for a pcapng file that has statistics between its frames.
     *
     * @param statistics takes them, in {@link #next}, as they are met
     */
    public CaptureReader(InputStream in, Consumer<InterfaceStatistics> statistics)
            throws IOException {
        this.in = new CaptureInput(in);
        this.format = CaptureFormat.detect(this.in, statistics);
    }

    /**
     * The next frame, waited for; empty at the end of the file.
     *
     * @throws CaptureFormatException when the rest is damaged or cut
     */
    public Optional<Frame> next() throws IOException {
        return format.next(in);
    }

    /** Delivers each frame as it comes, until the end of the file. */
    public void forEach(Consumer<Frame> action) throws IOException {
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            action.accept(frame.get());
        }
    }

    /** Reads to the end, or to the first damage. */
    public static Capture readAll(InputStream in) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (CaptureReader reader = new CaptureReader(in)) {
            reader.forEach(frames::add);
            return new Capture(frames, Optional.empty());
        } catch (CaptureFormatException e) {
            return new Capture(frames, Optional.of(e));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
