package dev.cnilab.cluster;

import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A cluster that runs, whatever its nodes are. */
public interface Cluster extends ClusterView, AutoCloseable {

    /** The last lines that a pod's containers printed. */
    String logs(String namespace, String pod, int lines) throws IOException;

    /** Creates or updates each object of a multi-document YAML manifest. */
    void apply(String manifests) throws IOException;

    /**
     * What {@link #apply} of the manifests would change, as it is now.
     *
     * @return to be kept for {@link #restore}
     */
    String before(String manifests) throws IOException;

    /** Makes exactly the fields that were applied as they were, and leaves all others. */
    void restore(String before) throws IOException;

    /** Whether every object of the manifests is there, as it was applied from them. */
    boolean applied(String manifests) throws IOException;

    /** Deletes each object of the manifests and waits until it is gone; absent is no error. */
    void delete(String manifests) throws IOException;

    /** Puts a file into a node, whole or not at all. */
    void putFile(String node, String path, byte[] content, boolean executable) throws IOException;

    /** The pods that a lab waits for: all but what others are answerable for. */
    List<Pod> awaitedPods() throws IOException;

    /** Whether every DaemonSet and Deployment that it waits for has all the pods that it wants. */
    boolean settled() throws IOException;

    /** Whether every node knows the image of agent and demo. */
    boolean imageLoaded() throws IOException;

    /** Makes the image of agent and demo known to every node. */
    void loadImage() throws IOException;

    /** Whether the recorder runs. */
    boolean recording(RecorderSpec recorder) throws IOException;

    /**
     * Starts to record a node's netlink events, as {@code ip -ts monitor all} does, until the end.
     */
    void record(RecorderSpec recorder) throws IOException;

    /** A condition on the cluster's state. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Waits for a condition, looking at it again whenever a node, a pod or a workload changes.
     *
     * @return whether it came to hold in that time
     */
    boolean await(Condition condition, Duration budget) throws IOException;

    /** Takes the NoSchedule taint off the control planes; repeatable. */
    void untaint() throws IOException;

    /** Whether the cluster's DNS is wanted to run. */
    boolean hasDns() throws IOException;

    /** Has no pod of the cluster's DNS run any more; repeatable. */
    void stopDns() throws IOException;

    /** The containers that are the nodes; none where nodes are something else. */
    List<NodeContainer> containers() throws IOException;

    @Override
    void close();
}
