package dev.cnilab.cluster;

import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;

/** Records what happens in a node's network while the node starts. */
public interface StartRecorder {

    boolean records(RecorderSpec recorder) throws IOException;

    /** Records the node's netlink events from now on, as {@code ip -ts monitor all} prints them. */
    void start(RecorderSpec recorder) throws IOException;
}
