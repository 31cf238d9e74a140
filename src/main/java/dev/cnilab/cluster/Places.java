package dev.cnilab.cluster;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where in a lab commands run. */
public interface Places {

    /** In the order in which a user reads them. */
    List<Place> places() throws IOException;

    /** Starts a command. */
    RunningCommand start(Place at, List<String> argv) throws IOException;

    /**
     * Runs a command to its end.
     *
     * @throws java.io.InterruptedIOException when it does not end in that time; it is killed then
     */
    ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException;
}
