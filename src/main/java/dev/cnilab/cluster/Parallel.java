package dev.cnilab.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a task for several items in parallel, with a limit, since each may start a process. */
public final class Parallel {

    private static final int AT_ONCE = 8;

    /** A task for one item. */
    @FunctionalInterface
    public interface Task<T, R> {
        R on(T item) throws IOException;
    }

    /** A {@link Task} without a result. */
    @FunctionalInterface
    public interface Effect<T> {
        void on(T item) throws IOException;
    }

    private Parallel() {}

    /**
     * Returns the results in the items' order.
     *
     * @throws IOException the first failure; the other tasks have been interrupted and have ended
     */
    public static <T, R> List<R> map(Collection<T> items, Task<T, R> task) throws IOException {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory())) {
            CompletionService<R> ended = new ExecutorCompletionService<>(executor);
            List<Future<R>> futures =
                    items.stream().map(item -> ended.submit(() -> task.on(item))).toList();
            try {
                for (int i = 0; i < futures.size(); i++) {
                    ended.take().get();
                }
                return futures.stream().map(Future::resultNow).toList();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException cause -> throw cause;
                    case RuntimeException cause -> throw cause;
                    case null, default -> throw new IOException(e);
                }
            } finally {
                executor.shutdownNow();
            }
        }
    }

    /** {@link #map} for tasks with several results. */
    public static <T, R> List<R> flatMap(Collection<T> items, Task<T, List<R>> task)
            throws IOException {
        return map(items, task).stream().flatMap(List::stream).toList();
    }

    /** {@link #map} without results. */
    public static <T> void forEach(Collection<T> items, Effect<T> effect) throws IOException {
        map(
                items,
                item -> {
                    effect.on(item);
                    return true;
                });
    }
}
