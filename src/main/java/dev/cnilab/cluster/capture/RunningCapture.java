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
 * {@code capture} in one place of a cluster, at any number of its interfaces, its frames delivered
 * as they come. It leaves them out of promiscuous mode: on a bridge with br_netfilter that makes a
 * second packet of one.
 */
public final class RunningCapture implements AutoCloseable {

    /** What the kernel counted at all of its interfaces. */
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
     * Starts a capture; it may not listen yet.
     *
     * @param interfaces their names, or {@code any}
     * @param longest after which it ends by itself, should this program be killed
     * @param frames takes each frame, in a thread of the capture's own
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
                new RunningCapture(location, cluster.start(location, argv), frames);
        Thread.ofPlatform().daemon().name("capture-messages").start(capture::readMessages);
        Thread.ofPlatform().daemon().name("capture-frames").start(capture::readFrames);
        return capture;
    }

    public Place location() {
        return location;
    }

    /**
     * Waits until no packet can be missed any more.
     *
     * @throws IOException with what it complained of, when it does not come to listen
     */
    public void awaitListening(Duration budget) throws IOException {
        boolean told = await(listening, budget);
        if (told) {
            synchronized (statistics) {
                if (ready) {
                    return;
                }
            }
            // One that could not even be run says so here.
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
     * Waits until every frame that was captured before that time has been delivered.
     *
     * @return whether it came to that
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
     * Waits for its end: all interfaces gone, its longest time over, or closed.
     *
     * @return whether it came
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

    /** The time before which every frame captured has been delivered; no end once it has ended. */
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

    /** {@code NAME, LINKTYPE; NAME, LINKTYPE}: nothing is delivered of these so far. */
    private void expect(String interfaces) {
        synchronized (statistics) {
            ready = true;
            for (String each : interfaces.split("; ")) {
                String name = each.split(", ")[0];
                statistics.putIfAbsent(name, new InterfaceStatistics(name, Instant.MIN, 0, 0));
            }
        }
    }

    /** An interface that went down or away is not waited for; its counts stay. */
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
