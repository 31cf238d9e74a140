package dev.cnilab.cluster;

/**
 * Listener for the progress of a cluster's creation, so that other work can start before it is
 * complete.
 */
public interface CreationProgress {

    /** A line of progress for the user. */
    void note(String line);

    /** All nodes run; the Kubernetes API may not serve yet. */
    void nodesRun(ImageLoader loader);

    /**
     * The Kubernetes API serves; not all nodes may have joined.
     *
     * @param cluster closed by the receiver
     */
    void serves(Cluster cluster);
}
