package dev.cnilab.cluster;

import java.io.IOException;

/** The DNS that runs in a cluster. */
public interface ClusterDns {

    /** Whether it has replicas, ready or not. */
    boolean runs() throws IOException;

    /** Scales it to no pod; repeatable. */
    void stop() throws IOException;
}
