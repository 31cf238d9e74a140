package dev.cnilab.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that runs. What a lab can do with every cluster are methods; what depends on the nodes
 * is a capability, empty where there is no such thing to do.
 */
public interface Cluster extends ClusterView, AutoCloseable {

    KubernetesObjects objects();

    /**
     * Objects as the API server prints them.
     *
     * @param plural of a type of the core group: {@code pods}
     * @param namespace empty for all, or for a type that has none
     */
    ObjectTable table(String plural, Optional<String> namespace) throws IOException;

    /** The last lines that a pod's containers printed. */
    String logs(String namespace, String pod, int lines) throws IOException;

    /** The pods that a lab waits for. */
    List<Pod> awaitedPods() throws IOException;

    /** Whether every DaemonSet and Deployment that it waits for has all its pods. */
    boolean settled() throws IOException;

    /** A condition on the cluster's state. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Waits for a condition, which is checked again whenever a node, a pod or a workload changes.
     *
     * @return whether it came to hold in that time
     */
    boolean await(Condition condition, Duration budget) throws IOException;

    /** Removes the NoSchedule taint of control planes; repeatable. */
    void untaint() throws IOException;

    /** Empty where the cluster's DNS is not the lab's to stop, or there is none. */
    Optional<ClusterDns> dns();

    /** Empty where every node has the image anyway. */
    Optional<ImageLoader> imageLoader();

    /** Empty where lab puts no files on nodes. */
    Optional<NodeFileWriter> nodeFiles();

    /** Empty where lab does not start the nodes. */
    Optional<StartRecorder> startRecorder();

    /** Empty where nodes are no containers of this machine. */
    Optional<NodeContainers> containers();

    @Override
    void close();
}
