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

    /**
     * Starts a program that reads or uses a place's network, in its network namespace. A pod's is
     * entered on its node, with the node's programs: it does not matter what the pod's image
     * contains. Names are resolved as on the node.
     *
     * @throws IOException also when the pod has no node yet, or the node cannot be reached
     */
    RunningCommand startInNetwork(Place at, List<String> argv) throws IOException;

    /**
     * Runs a program as {@link #startInNetwork} does, and waits for it to exit.
     *
     * @throws java.io.InterruptedIOException on timeout; the program is killed
     */
    ExecResult execInNetwork(Place at, List<String> argv, Duration timeout) throws IOException;
}
