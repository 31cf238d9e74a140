package dev.cnilab.kube;

import java.io.IOException;

/** Persists a store's changes. */
public interface ChangeLog {
    /** Persists nothing. */
    ChangeLog NONE =
            new ChangeLog() {
                @Override
                public void record(WatchEvent event) {}

                @Override
                public boolean full() {
                    return false;
                }

                @Override
                public void compact(Contents contents) {}
            };

    /**
     * Persists a change before watchers see it. Called in the order of revisions, one at a time.
     *
     * @throws IOException when it cannot be written; the store then rejects the change
     */
    void record(WatchEvent event) throws IOException;

    /** True when the log is large enough for {@link #compact}. */
    boolean full();

    /**
     * Replaces the recorded changes by a snapshot of the contents.
     *
     * @param contents after the change that was recorded last
     */
    void compact(Contents contents);
}
