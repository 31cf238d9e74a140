package dev.cnilab.verify.probe;

import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.pcap.CaptureReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A capture that runs on one interface while a probe sends its packets. */
final class Capture implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    /** Ends a capture whose prober was killed. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final String subject;
    private final Duration start;
    private final RunningCommand command;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final List<Packet> packets = new ArrayList<>();
    private final StringBuilder complaints = new StringBuilder();
    private boolean ended;

    private Capture(String subject, Duration start, RunningCommand command) {
        this.subject = subject;
        this.start = start;
        this.command = command;
        Thread.ofVirtual().start(this::readMessages);
        Thread.ofVirtual().start(this::readPackets);
    }

    /** Starts a capture; it may not listen yet. */
    static Capture start(Surroundings surroundings, Spot spot, String device, String... filter)
            throws IOException {
        String seconds = Long.toString(surroundings.stretched(LONGEST).toSeconds());
        List<String> argv = new ArrayList<>(List.of("capture", "-i", device, "-t", seconds));
        argv.addAll(List.of(filter));
        return new Capture(
                spot.name() + "/" + device,
                surroundings.stretched(START),
                surroundings.cluster().start(spot.location(), argv));
    }

    /** Waits until no packet can be missed any more. */
    void awaitListening() throws IOException {
        try {
            if (!listening.await(start.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the capture at " + subject + " does not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the capture at " + subject, e);
        }
        synchronized (packets) {
            if (!complaints.isEmpty()) {
                throw new IOException("no capture at " + subject + ": " + complaints);
            }
        }
    }

    /**
     * Waits for a packet that fits, among those captured already and those to come. A capture that
     * has ended is not waited for.
     */
    Optional<Packet> await(Predicate<Packet> wanted, Duration budget) throws IOException {
        long end = System.nanoTime() + budget.toNanos();
        synchronized (packets) {
            while (true) {
                Optional<Packet> found = packets.stream().filter(wanted).findFirst();
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (found.isPresent() || ended || left <= 0) {
                    return found;
                }
                try {
                    packets.wait(left);
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
        command.close();
    }

    private void readMessages() {
        try (BufferedReader messages =
                new BufferedReader(
                        new InputStreamReader(command.stderr(), StandardCharsets.UTF_8))) {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                if (line.startsWith("listening")) {
                    listening.countDown();
                } else if (listening.getCount() > 0) {
                    synchronized (packets) {
                        complaints.append(line).append(' ');
                    }
                }
            }
        } catch (IOException e) {
            complain(e);
        } finally {
            listening.countDown();
        }
    }

    private void readPackets() {
        try (CaptureReader reader = new CaptureReader(command.stdout())) {
            for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                Packet packet = frame.get().decode();
                synchronized (packets) {
                    packets.add(packet);
                    packets.notifyAll();
                }
            }
        } catch (IOException e) {
            complain(e);
        } finally {
            synchronized (packets) {
                ended = true;
                packets.notifyAll();
            }
        }
    }

    private void complain(IOException e) {
        synchronized (packets) {
            complaints.append(e.getMessage());
        }
    }
}
