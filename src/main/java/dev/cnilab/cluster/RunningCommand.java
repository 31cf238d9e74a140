package dev.cnilab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A running command in a cluster. Closing it kills the command. */
public interface RunningCommand extends AutoCloseable {

    InputStream stdout();

    InputStream stderr();

    /**
     * Waits for the command to exit.
     *
     * @return the exit code; empty if it still runs after the timeout
     */
    OptionalInt waitFor(Duration timeout) throws IOException;

    @Override
    void close();
}
