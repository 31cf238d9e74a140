package dev.cnilab.verify.probe;

import dev.cnilab.cluster.capture.RunningCapture;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A capture on one interface while a probe sends packets. */
final class Capture implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    /** Maximum duration, which ends a capture if the prober was killed. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** The interval at which a wait checks whether the capture has ended. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String subject;
    private final Duration start;
    private final List<Packet> packets = new ArrayList<>();
    private final RunningCapture capture;

    /** Starts a capture without waiting until it listens. */
    Capture(ProbeContext surroundings, Vantage spot, String device, String filter)
            throws IOException {
        subject = spot.name() + "/" + device;
        start = surroundings.stretched(START);
        capture =
                RunningCapture.start(
                        surroundings.cluster(),
                        spot.location(),
                        List.of(device),
                        filter,
                        surroundings.stretched(LONGEST),
                        this::add);
    }

    /** Waits until the capture listens. */
    void awaitListening() throws IOException {
        try {
            capture.awaitListening(start);
        } catch (IOException e) {
            throw new IOException("no capture at " + subject + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for a matching packet, among those captured already and later ones. Returns at once if
     * the capture has ended.
     */
    Optional<Packet> await(Predicate<Packet> wanted, Duration budget) throws IOException {
        long end = System.nanoTime() + budget.toNanos();
        while (true) {
            boolean last = capture.awaitEnd(Duration.ZERO) || System.nanoTime() >= end;
            synchronized (packets) {
                Optional<Packet> found = packets.stream().filter(wanted).findFirst();
                if (found.isPresent() || last) {
                    return found;
                }
                try {
                    packets.wait(LOOK.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
        }
    }

    /** All packets captured so far, one per line. */
    String describe() {
        synchronized (packets) {
            StringBuilder text = new StringBuilder();
            packets.forEach(packet -> text.append(packet).append('\n'));
            return text.toString();
        }
    }

    @Override
    public void close() {
        capture.close();
    }

    private void add(Frame frame) {
        synchronized (packets) {
            packets.add(frame.decode());
            packets.notifyAll();
        }
    }
}
