package dev.cnilab.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks the space for the state of labs: keys, logs, captures, the image.
 *
 * @param state the directory; need not exist
 */
record Disk(Path state) implements Inspection {

    /** Most of it is for an image. */
    private static final long LEAST_MIB = 256;

    @Override
    public Finding inspect() throws IOException {
        long free = Files.getFileStore(StateWritable.nearest(state)).getUsableSpace() >> 20;
        return free >= LEAST_MIB
                ? new Finding.Ok(free + " MiB free for " + state)
                : missing(free + " MiB free for " + state);
    }

    private static Finding missing(String seen) {
        return new Finding.Missing(
                seen,
                "labs keep keys, logs and images in their state folder, "
                        + LEAST_MIB
                        + " MiB at least",
                "free disk space, or set XDG_STATE_HOME to another directory");
    }
}
