package dev.cnilab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A running cluster. Operations that every cluster supports are methods; those that depend on how
 * nodes are provided are capabilities, empty if not supported.
 */
public interface Cluster extends ClusterView, AutoCloseable {

    KubernetesObjects objects();

    /**
     * Starts a command as {@link #start(Place, List)} does, with input.
     *
     * @param stdin the command's input, until its end; empty for a command that gets none
     */
    RunningCommand start(Place at, List<String> argv, Optional<InputStream> stdin)
            throws IOException;

    /**
     * Objects as a table printed by the API server.
     *
     * @param plural of a type of the core group: {@code pods}
     * @param namespace empty for all, or for a cluster-scoped type
     */
    ObjectTable table(String plural, Optional<String> namespace) throws IOException;

    /** The last lines of a pod's logs. */
    String logs(String namespace, String pod, int lines) throws IOException;

    /** The pods that must become Ready for the lab to be up. */
    List<Pod> awaitedPods() throws IOException;

    /**
     * What awaited DaemonSets and Deployments lack of their desired pods, and DaemonSets of pods on
     * the nodes that they are meant for; one line per workload.
     */
    List<String> unsettled() throws IOException;

    /** A condition on the cluster's state. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Waits for a condition, which is checked again on each change of a node, pod or workload.
     *
     * @return whether it was met within the budget
     */
    boolean await(Condition condition, Duration budget) throws IOException;

    /** Removes the NoSchedule taint of control planes; repeatable. */
    void untaint() throws IOException;

    /** Empty if the cluster has no DNS, or the lab may not stop it. */
    Optional<ClusterDns> dns();

    /** Empty if no image needs to be loaded. */
    Optional<ImageLoader> imageLoader();

    /** Empty if lab does not write files on nodes. */
    Optional<NodeFileWriter> nodeFiles();

    /** Empty if lab does not start the nodes. */
    Optional<StartRecorder> startRecorder();

    /** Empty if nodes are not containers on this machine. */
    Optional<NodeContainers> containers();

    @Override
    void close();
}
