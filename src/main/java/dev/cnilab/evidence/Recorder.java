package dev.cnilab.evidence;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.evidence.tape.RecordingView;
import dev.cnilab.evidence.tape.Tape;
import java.util.function.Supplier;

/** Records the last attempt of a step, which determines its outcome. */
final class Recorder implements Supplier<ClusterView> {

    private final ClusterView cluster;
    private RecordingView last;

    Recorder(ClusterView cluster) {
        this.cluster = cluster;
        this.last = new RecordingView(cluster);
    }

    @Override
    public ClusterView get() {
        last = new RecordingView(cluster);
        return last;
    }

    Tape tape() {
        return last.tape();
    }
}
