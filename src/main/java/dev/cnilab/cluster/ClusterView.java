package dev.cnilab.cluster;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What can be seen of a cluster: its objects, and what commands in it print. What is asked comes
 * fresh from the Kubernetes API.
 */
public interface ClusterView {

    /** Sorted: control planes first, then by name as kind numbers them. */
    List<Node> nodes() throws IOException;

    /** Of all namespaces, sorted by namespace and name. */
    List<Pod> pods() throws IOException;

    List<Service> services() throws IOException;

    /** "flannel.ipip" by the kernel's driver or in user space; empty before the CNI runs. */
    String tunnel() throws IOException;

    /** Starts a command. */
    RunningCommand start(Place at, List<String> argv) throws IOException;

    /**
     * Runs a command to its end.
     *
     * @throws java.io.InterruptedIOException when it does not end in that time; it is ended then
     */
    ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException;
}
