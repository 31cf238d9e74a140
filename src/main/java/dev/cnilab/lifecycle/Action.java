package dev.cnilab.lifecycle;

import java.io.IOException;

/** A step of {@code up} or {@code down}. Repeatable, and can be rolled back. */
public interface Action {

    /** A short, stable name for the journal and {@code --dry-run}: {@code create-cluster}. */
    String name();

    /** The title in progress output: "Create cluster (2 nodes)". */
    String title();

    /** Whether its goal is reached already. */
    boolean isDone() throws IOException;

    /**
     * Performs the action.
     *
     * @param progress receives events
     */
    void make(Progress progress) throws IOException;

    /** Rolls the action back, also if incomplete; repeatable. */
    void undo(Progress progress) throws IOException;

    /** Whether there is anything to roll back. */
    boolean isUndoable();
}
