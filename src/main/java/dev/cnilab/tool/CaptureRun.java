package dev.cnilab.tool;

import dev.cnilab.host.PacketSocket;
import dev.cnilab.net.packet.CaptureFilter;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.pcap.InterfaceStatistics;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Captures on several interfaces, each on its own thread, into one sink. Output is flushed when an
 * interface is idle, and at least every {@link #BEAT}.
 */
final class CaptureRun {

    /** How often each interface's statistics are written. */
    private static final Duration BEAT = Duration.ofMillis(100);

    private final List<PacketSocket> sockets;
    private final CaptureFilter filter;
    private final int count;
    private final long deadline;
    private final CaptureSink sink;
    private final PrintStream out;
    private final PrintStream err;

    private final ReentrantLock writing = new ReentrantLock();
    private int captured;
    private long seen;
    private long dropped;
    private Optional<IOException> failure = Optional.empty();

    /**
     * Creates the capture.
     *
     * @param count number of frames after which it stops
     * @param time after which it stops
     */
    CaptureRun(
            List<PacketSocket> sockets,
            CaptureFilter filter,
            int count,
            Duration time,
            CaptureSink sink,
            PrintStream out,
            PrintStream err) {
        this.sockets = List.copyOf(sockets);
        this.filter = filter;
        this.count = count;
        this.deadline = System.nanoTime() + time.toNanos();
        this.sink = sink;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the capture until it stops; each interface is captured until its own failure or that of
     * the sink.
     */
    void run() throws IOException {
        List<Thread> threads = new ArrayList<>();
        for (PacketSocket socket : sockets) {
            threads.add(
                    Thread.ofPlatform()
                            .name("capture-" + socket.interfaceName())
                            .start(() -> capture(socket)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** Stops the capture soon, from any thread. */
    void cancel() {
        sockets.forEach(PacketSocket::cancel);
    }

    String summary() {
        return "%d packets captured, %d seen, %d dropped by the kernel"
                .formatted(captured, seen, dropped);
    }

    private void capture(PacketSocket socket) {
        try {
            Tally tally = new Tally(socket);
            boolean more = true;
            while (more) {
                // Read first: when no frame is found afterwards, all older ones have been read.
                Instant upTo = Instant.now();
                long left = Math.max(0, deadline - System.nanoTime());
                Optional<Frame> frame = socket.next(Duration.ZERO);
                if (frame.isEmpty()) {
                    out.flush();
                    Duration wait = Duration.ofNanos(Math.min(BEAT.toNanos(), left));
                    frame = socket.next(wait);
                }
                more = frame.isPresent() ? write(frame.get()) : left > 0 && !socket.isCancelled();
                if (tally.isDue() || !more) {
                    more &= write(tally.take(frame.map(Frame::time).orElse(upTo)));
                }
            }
        } catch (IOException e) {
            // The interface is gone or down; the others continue.
            err.println(socket.interfaceName() + ": " + e.getMessage());
            writing.lock();
            try {
                failure = sockets.size() == 1 ? Optional.of(e) : Optional.empty();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Writes a frame; returns whether to continue. */
    private boolean write(Frame frame) throws IOException {
        Packet packet = frame.decode();
        if (!filter.matches(packet)) {
            return true;
        }
        writing.lock();
        try {
            if (captured < count) {
                sink.write(frame, packet);
                captured++;
            }
            if (captured >= count) {
                cancel();
            }
            return captured < count;
        } finally {
            writing.unlock();
        }
    }

    /** Writes statistics; returns whether the reader still exists. */
    private boolean write(InterfaceStatistics statistics) throws IOException {
        writing.lock();
        try {
            sink.write(statistics);
            return !out.checkError();
        } finally {
            writing.unlock();
        }
    }

    /** The sum of an interface's kernel counters. */
    private final class Tally {

        private final PacketSocket socket;
        private long due = System.nanoTime() + BEAT.toNanos();
        private long received;
        private long lost;

        Tally(PacketSocket socket) {
            this.socket = socket;
        }

        boolean isDue() {
            return System.nanoTime() - due >= 0;
        }

        InterfaceStatistics take(Instant upTo) throws IOException {
            PacketSocket.Counters counters = socket.counters();
            received += counters.received();
            lost += counters.dropped();
            writing.lock();
            try {
                seen += counters.received();
                dropped += counters.dropped();
            } finally {
                writing.unlock();
            }
            due = System.nanoTime() + BEAT.toNanos();
            return new InterfaceStatistics(socket.interfaceName(), upTo, received, lost);
        }
    }
}
