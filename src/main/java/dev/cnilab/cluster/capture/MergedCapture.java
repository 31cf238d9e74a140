package dev.cnilab.cluster.capture;

import dev.cnilab.net.packet.Frame;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges the frames of several captures by timestamp. A frame is held until no capture can deliver
 * an older one, but at most for {@link #MAX_DELAY}. If frames are consumed too slowly, the captures
 * block, and the kernel counts the frames that it drops.
 */
public final class MergedCapture {

    private static final Duration MAX_DELAY = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;

    /** Buffer size in bytes: one second at 250 Mbit/s. */
    private static final int BUFFER_SIZE = 32 << 20;

    /** Starts a capture that delivers its frames to a consumer. */
    @FunctionalInterface
    public interface Starter {
        RunningCapture start(Consumer<Frame> frames) throws IOException;
    }

    private final PriorityQueue<Frame> waiting =
            new PriorityQueue<>(Comparator.comparing(Frame::time));
    private final List<RunningCapture> captures = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private long size;

    /**
     * Starts a capture and adds its frames, with the interface named {@code PLACE:INTERFACE}.
     *
     * @param place the name shown to the user
     */
    public RunningCapture add(String place, Starter starter) throws IOException {
        RunningCapture capture = starter.start(frame -> take(named(place, frame)));
        synchronized (waiting) {
            captures.add(capture);
            places.add(place);
        }
        return capture;
    }

    public String places() {
        synchronized (waiting) {
            return String.join(", ", places);
        }
    }

    /** Waits for the next frame; empty when all captures have ended. */
    public Optional<Frame> next() throws InterruptedException {
        synchronized (waiting) {
            while (true) {
                Instant settled =
                        captures.stream()
                                .map(RunningCapture::deliveredUpTo)
                                .min(Comparator.naturalOrder())
                                .orElse(Instant.MAX);
                Instant impatient = Instant.now().minus(MAX_DELAY);
                Frame first = waiting.peek();
                boolean due =
                        first != null
                                && (first.time().isBefore(settled)
                                        || first.time().isBefore(impatient));
                if (due || settled.equals(Instant.MAX)) {
                    return Optional.ofNullable(poll());
                }
                waiting.wait(LOOK_MILLIS);
            }
        }
    }

    private @Nullable Frame poll() {
        Frame frame = waiting.poll();
        if (frame != null) {
            size -= frame.bytes().length;
            waiting.notifyAll();
        }
        return frame;
    }

    private void take(Frame frame) {
        synchronized (waiting) {
            try {
                while (size > BUFFER_SIZE) {
                    waiting.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            waiting.add(frame);
            size += frame.bytes().length;
            waiting.notifyAll();
        }
    }

    private static Frame named(String place, Frame frame) {
        return new Frame(
                frame.time(),
                place + ":" + frame.interfaceName(),
                frame.linkType(),
                frame.direction(),
                frame.wireLength(),
                frame.bytes());
    }
}
