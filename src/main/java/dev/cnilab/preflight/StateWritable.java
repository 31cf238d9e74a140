package dev.cnilab.preflight;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks that the state of labs can be written.
 *
 * @param state the directory; need not exist
 */
record StateWritable(Path state) implements Inspection {

    @Override
    public Finding inspect() {
        Path existing = nearest(state);
        return Files.isDirectory(existing) && Files.isWritable(existing)
                ? new Finding.Ok(existing + " is writable")
                : new Finding.Missing(
                        existing + " is not a writable directory",
                        "labs keep their state in " + state,
                        "set XDG_STATE_HOME to a writable directory");
    }

    /** Returns the directory itself, or its nearest parent that exists. */
    static Path nearest(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return Files.exists(path) || parent == null ? path : nearest(parent);
    }
}
