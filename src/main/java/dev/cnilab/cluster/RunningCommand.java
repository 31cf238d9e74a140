package dev.cnilab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A command that runs in a cluster while its output is read. Closing it ends the command. */
public interface RunningCommand extends AutoCloseable {

    InputStream stdout();

    InputStream stderr();

    /**
     * Waits for the end.
     *
     * @return the exit code; empty when it still runs after that time
     */
    OptionalInt waitFor(Duration timeout) throws IOException;

    @Override
    void close();
}
