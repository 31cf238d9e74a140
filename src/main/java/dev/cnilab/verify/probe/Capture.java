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

/** What passes one interface while a probe sends its packets. */
final class Capture implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    /** Ends a capture whose prober was killed. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** How often a wait looks whether the capture has ended. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String subject;
    private final Duration start;
    private final List<Packet> packets = new ArrayList<>();
    private final RunningCapture capture;

    /** Starts a capture; it may not listen yet. */
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

    /** Waits until no packet can be missed any more. */
    void awaitListening() throws IOException {
        try {
            capture.awaitListening(start);
        } catch (IOException e) {
            throw new IOException("no capture at " + subject + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for a packet that fits, among those captured already and those to come. A capture that
     * has ended is not waited for.
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

    /** All that was captured so far, a line each. */
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
