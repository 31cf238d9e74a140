package dev.cnilab.cni.plugin;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stack of undo steps, run newest first unless committed. For try-with-resources: failures of
 * undo steps are suppressed by the exception that caused the rollback.
 */
final class Undo implements AutoCloseable {

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();

    /**
     * Adds a step. Call it right after the effect, or before one that may be partially applied when
     * it fails.
     */
    void push(AutoCloseable step) {
        steps.push(step);
    }

    void commit() {
        steps.clear();
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
