package dev.cnilab.existing;

import dev.cnilab.base.StateLog;
import java.io.IOException;
import java.util.List;

/**
 * The progress of a lab's removal from a cluster. Once begun it can only be continued, also by
 * another process, and the lab cannot be used.
 *
 * @param log the nodes that are done, one per line; exists since the removal began
 */
record Removal(StateLog log) {

    boolean begun() {
        return log.exists();
    }

    void begin() throws IOException {
        log.create();
    }

    /** Cancels a removal that has removed nothing yet: the lab can be used again. */
    void cancel() throws IOException {
        log.delete();
    }

    void done(String node) throws IOException {
        log.add(node);
    }

    List<String> done() throws IOException {
        return log.lines();
    }
}
