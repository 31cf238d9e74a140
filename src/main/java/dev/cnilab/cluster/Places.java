package dev.cnilab.cluster;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The places of a lab, where commands run. */
public interface Places {

    /** All places, in the order of display. */
    List<Place> places() throws IOException;

    /**
     * Starts a command without input. One that cannot be executed exits with 127 or 126 and a
     * message on stderr, as in a shell.
     */
    RunningCommand start(Place at, List<String> argv) throws IOException;

    /**
     * Runs a command and waits for it to exit.
     *
     * @throws java.io.InterruptedIOException on timeout; the command is killed
     */
    ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException;
}
