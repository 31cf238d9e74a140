package dev.cnilab.cluster;

/**
 * Is told how far the creation of a cluster has come, so that other work need not wait for its end.
 */
public interface CreationProgress {

    /** One line for the user. */
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
