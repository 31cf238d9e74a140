package dev.cnilab.cluster.capture;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.pcap.CaptureReader;
import dev.cnilab.net.pcap.InterfaceStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the tool {@code capture} in one place of a cluster, on any number of interfaces, and
 * delivers frames as they arrive. Not in promiscuous mode, which duplicates packets on a bridge
 * with br_netfilter.
 */
public final class RunningCapture implements AutoCloseable {

    /** The kernel's packet counters of all interfaces. */
    public record Counts(long received, long dropped) {}

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Place location;
    private final RunningCommand command;
    private final Consumer<Frame> frames;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, InterfaceStatistics> statistics = new HashMap<>();
    private final StringBuilder complaints = new StringBuilder();
    private boolean ready;

    private RunningCapture(Place location, RunningCommand command, Consumer<Frame> frames) {
        this.location = location;
        this.command = command;
        this.frames = frames;
    }

    /**
     * Starts a capture without waiting until it listens.
     *
     * @param interfaces their names, or {@code any}
     * @param longest maximum duration, after which it ends even if this program was killed
     * @param frames receives each frame, on the capture's own thread
     */
    public static RunningCapture start(
            ClusterView cluster,
            Place location,
            List<String> interfaces,
            String filter,
            Duration longest,
            Consumer<Frame> frames)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("capture", "-n", "-p"));
        interfaces.forEach(name -> argv.addAll(List.of("-i", name)));
        argv.addAll(List.of("-t", Long.toString(longest.toSeconds())));
        if (!filter.isEmpty()) {
            argv.addAll(List.of("--", filter));
        }
        RunningCapture capture =
                new RunningCapture(location, cluster.startInNetwork(location, argv), frames);
        Thread.ofPlatform().daemon().name("capture-messages").start(capture::readMessages);
        Thread.ofPlatform().daemon().name("capture-frames").start(capture::readFrames);
        return capture;
    }

    public Place location() {
        return location;
    }

    /**
     * Waits until the capture listens on all interfaces.
     *
     * @throws IOException with its error output, if it does not start to listen
     */
    public void awaitListening(Duration budget) throws IOException {
        boolean told = await(listening, budget);
        if (told) {
            synchronized (statistics) {
                if (ready) {
                    return;
                }
            }
            // Reports a command that could not be started.
            command.waitFor(LAST_WORDS);
        }
        synchronized (statistics) {
            throw new IOException(
                    complaints.isEmpty()
                            ? "the capture does not start within " + budget.toSeconds() + " s"
                            : complaints.toString().strip());
        }
    }

    /**
     * Waits until every frame captured before that time has been delivered.
     *
     * @return false if the budget was exceeded
     */
    public boolean awaitDelivered(Instant time, Duration budget) throws IOException {
        long end = System.nanoTime() + budget.toNanos();
        synchronized (statistics) {
            while (!deliveredUpTo().isAfter(time)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    statistics.wait(left);
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            return true;
        }
    }

    /**
     * Waits for the capture's end: all interfaces removed, maximum duration exceeded, or closed.
     *
     * @return false if the budget was exceeded
     */
    public boolean awaitEnd(Duration budget) throws IOException {
        return await(ended, budget);
    }

    public Counts counts() {
        synchronized (statistics) {
            return new Counts(
                    statistics.values().stream().mapToLong(InterfaceStatistics::received).sum(),
                    statistics.values().stream().mapToLong(InterfaceStatistics::dropped).sum());
        }
    }

    @Override
    public void close() {
        command.close();
    }

    /**
     * The time before which every captured frame has been delivered; {@code Instant.MAX} once the
     * capture has ended.
     */
    public Instant deliveredUpTo() {
        synchronized (statistics) {
            return ended.getCount() == 0
                    ? Instant.MAX
                    : statistics.values().stream()
                            .map(InterfaceStatistics::time)
                            .min(Comparator.naturalOrder())
                            .orElse(Instant.MAX);
        }
    }

    private void readMessages() {
        try (BufferedReader messages =
                new BufferedReader(
                        new InputStreamReader(command.stderr(), StandardCharsets.UTF_8))) {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                if (line.startsWith("listening on ")) {
                    expect(line.substring("listening on ".length()));
                    listening.countDown();
                } else if (listening.getCount() > 0) {
                    complain(line);
                } else {
                    release(line.split(": ", 2)[0]);
                }
            }
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
        } finally {
            listening.countDown();
        }
    }

    /**
     * Registers the interfaces of a {@code NAME, LINKTYPE; NAME, LINKTYPE} message, nothing
     * delivered yet.
     */
    private void expect(String interfaces) {
        synchronized (statistics) {
            ready = true;
            for (String each : interfaces.split("; ")) {
                String name = each.split(", ")[0];
                statistics.putIfAbsent(name, new InterfaceStatistics(name, Instant.MIN, 0, 0));
            }
        }
    }

    /** Stops waiting for an interface that went down or was removed; its counters are kept. */
    private void release(String interfaceName) {
        synchronized (statistics) {
            statistics.computeIfPresent(
                    interfaceName,
                    (name, last) ->
                            new InterfaceStatistics(
                                    name, Instant.MAX, last.received(), last.dropped()));
            statistics.notifyAll();
        }
    }

    private void readFrames() {
        try (CaptureReader reader = new CaptureReader(command.stdout(), this::count)) {
            reader.forEach(frames);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
        } finally {
            synchronized (statistics) {
                ended.countDown();
                statistics.notifyAll();
            }
        }
    }

    private void count(InterfaceStatistics each) {
        synchronized (statistics) {
            statistics.put(each.interfaceName(), each);
            statistics.notifyAll();
        }
    }

    private void complain(String line) {
        synchronized (statistics) {
            complaints.append(line).append(' ');
        }
    }

    private static boolean await(CountDownLatch latch, Duration budget) throws IOException {
        try {
            return latch.await(budget.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while capturing", e);
    }
}
