package dev.cnilab.cluster;

import java.io.IOException;

/** A cluster's DNS server. */
public interface ClusterDns {

    /** Whether it has replicas, ready or not. */
    boolean runs() throws IOException;

    /** Scales it to zero; repeatable. */
    void stop() throws IOException;
}
