package dev.cnilab.cni.plugin;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What takes back the effects of an operation, newest first, unless it was committed. For
 * try-with-resources: failures of the undoing are suppressed by what made it necessary.
 */
final class Undo implements AutoCloseable {

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();

    /** Call it right after the effect, or before one that may be half done when it fails. */
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
