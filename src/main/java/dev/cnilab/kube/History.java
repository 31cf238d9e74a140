package dev.cnilab.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The store's latest changes, in a ring buffer. Each watcher of the HTTP API keeps its own
 * position, so a slow watcher uses no memory and gets 410 Expired once its position is overwritten.
 */
public final class History {
    /** Indexed by revision modulo size; revisions have no gaps. */
    private final @Nullable WatchEvent[] ring;

    private final long first;
    private long last;

    History(int size, long revision) {
        ring = new WatchEvent[size];
        first = revision;
        last = revision;
    }

    synchronized void add(WatchEvent event) {
        last = event.revision();
        ring[index(last)] = event;
        notifyAll();
    }

    /** The latest revision. */
    public synchronized long revision() {
        return last;
    }

    /**
     * The changes after a revision, oldest first; waits for one where there is none yet.
     *
     * @param timeoutMillis how long to wait, above 0; the result is empty after that
     * @throws ApiException 410 Expired where the ring no longer, or not yet, knows the revision
     */
    public synchronized List<WatchEvent> after(long revision, long timeoutMillis)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (revision == last) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        check(revision);
        List<WatchEvent> events = new ArrayList<>();
        for (long at = revision + 1; at <= last; at++) {
            events.add(Objects.requireNonNull(ring[index(at)]));
        }
        return events;
    }

    /**
     * @throws ApiException 410 Expired where the ring no longer, or not yet, knows the revision
     */
    public synchronized void check(long revision) {
        long oldest = Math.max(first, last - ring.length);
        if (revision < oldest || revision > last) {
            throw ApiException.expired(
                    "too old resource version: %d (%d)".formatted(revision, oldest));
        }
    }

    /**
     * The changes of one type after a revision, latest first: undoing them in this order yields the
     * list at that revision.
     *
     * @throws ApiException 410 Expired where the ring no longer, or not yet, knows the revision
     */
    synchronized List<WatchEvent> backTo(long revision, ResourceType type) {
        check(revision);
        List<WatchEvent> events = new ArrayList<>();
        for (long at = last; at > revision; at--) {
            WatchEvent event = Objects.requireNonNull(ring[index(at)]);
            if (event.resource() == type) {
                events.add(event);
            }
        }
        return events;
    }

    private int index(long revision) {
        return (int) (revision % ring.length);
    }
}
