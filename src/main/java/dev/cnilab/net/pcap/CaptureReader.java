package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a capture file, also while it is being written: pcap of both byte orders with micro- or
 * nanoseconds, and pcapng with interface, enhanced packet and simple packet blocks.
 */
public final class CaptureReader implements AutoCloseable {

    /**
     * The readable part of a capture file.
     *
     * @param damage why reading stopped before the end of the file
     */
    public record Capture(List<Frame> frames, Optional<CaptureFormatException> damage) {

        public Capture {
            frames = List.copyOf(frames);
        }
    }

    private final CaptureInput in;
    private final CaptureFormat format;

    /**
     * Reads the file header, waiting for it.
     *
     * @throws CaptureFormatException when it is not a capture file
     */
    public CaptureReader(InputStream in) throws IOException {
        this(in, _ -> {});
    }

    /**
     * Opens a file as {@link #CaptureReader(InputStream)} does, with the statistics of a pcapng
     * file.
     *
     * @param statistics receives them during {@link #next}, in the file's order
     */
    public CaptureReader(InputStream in, Consumer<InterfaceStatistics> statistics)
            throws IOException {
        this.in = new CaptureInput(in);
        this.format = CaptureFormat.detect(this.in, statistics);
    }

    /**
     * Waits for the next frame; empty at the end of the file.
     *
     * @throws CaptureFormatException when the rest is damaged or truncated
     */
    public Optional<Frame> next() throws IOException {
        return format.next(in);
    }

    /** Passes each frame to the action as it arrives, until the end of the file. */
    public void forEach(Consumer<Frame> action) throws IOException {
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            action.accept(frame.get());
        }
    }

    /** Reads all frames up to the end of the file or the first damage. */
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
