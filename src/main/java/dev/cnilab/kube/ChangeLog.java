package dev.cnilab.kube;

import java.io.IOException;

/** Where a store's changes are kept, so that they outlive the process. */
public interface ChangeLog {
    /** Keeps nothing. */
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
     * Keeps a change, before anybody learns of it. Called in the order of revisions, one at a time.
     *
     * @throws IOException when it cannot be kept; then the change is not made
     */
    void record(WatchEvent event) throws IOException;

    /** True when it is time for {@link #compact}. */
    boolean full();

    /**
     * Goes on from the contents instead of from the changes that led to them.
     *
     * @param contents after the change that was recorded last
     */
    void compact(Contents contents);
}
