package dev.cnilab.cni.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes channels whose client is too slow, by one thread: channels of Unix sockets have no read
 * timeout. The thread that reads or writes gets an {@link
 * java.nio.channels.AsynchronousCloseException}.
 */
final class Deadlines implements AutoCloseable {

    /** A deadline that is cancelled when it is closed. */
    interface Running extends AutoCloseable {

        @Override
        void close();
    }

    private final ScheduledThreadPoolExecutor timer;

    Deadlines(String name) {
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name(name + "-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Not later, when no thread may be left.
        timer.prestartCoreThread();
    }

    Running start(Duration time, SocketChannel client) {
        Future<?> closing =
                timer.schedule(() -> disconnect(client), time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> closing.cancel(false);
    }

    static void disconnect(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
