package dev.cnilab.cluster;

import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;

/** Records netlink events of a node from its start. */
public interface StartRecorder {

    boolean records(RecorderSpec recorder) throws IOException;

    /** Starts to record, in the format of {@code ip -ts monitor all}. */
    void start(RecorderSpec recorder) throws IOException;
}
