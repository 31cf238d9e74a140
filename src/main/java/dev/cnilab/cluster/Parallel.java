package dev.cnilab.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at several places at once, a few at a time: each look starts a process. */
public final class Parallel {

    private static final int AT_ONCE = 8;

    /** A look that may fail. */
    @FunctionalInterface
    public interface Look<T, R> {
        List<R> at(T place) throws IOException;
    }

    private Parallel() {}

    /** The results in the places' order, or the first failure. */
    public static <T, R> List<R> flatMap(List<T> places, Look<T, R> look) throws IOException {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<List<R>>> futures =
                    places.stream().map(place -> executor.submit(() -> look.at(place))).toList();
            List<R> results = new ArrayList<>();
            for (Future<List<R>> future : futures) {
                results.addAll(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }
}
