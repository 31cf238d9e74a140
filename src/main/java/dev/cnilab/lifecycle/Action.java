package dev.cnilab.lifecycle;

import java.io.IOException;

/** One thing that {@code up} brings about. Each can be repeated, and each can be undone. */
public interface Action {

    /** Short and stable, as the journal and {@code --dry-run} name it: {@code create-cluster}. */
    String name();

    /** The goal, as the user reads it: "Create cluster (2 nodes)". */
    String title();

    /** Whether it is so already. */
    boolean isDone() throws IOException;

    /**
     * Makes it so.
     *
     * @param progress takes what is worth telling meanwhile
     */
    void make(Progress progress) throws IOException;

    /** Takes it back, whole or half done; nothing to take back is no error. */
    void undo(Progress progress) throws IOException;

    /** Whether it leaves anything of its own to take back. */
    boolean isUndoable();
}
