package dev.cnilab.kind;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.cluster.StartRecorder;
import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Records netlink events by {@code ip monitor} of the node. */
record MonitorRecorder(KindNodes nodes) implements StartRecorder {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Records the shell's pid, which exec keeps, to find the process later. */
    private static final String RECORD =
            "mkdir -p \"${1%/*}\" && echo $$ >\"$1.pid\" && exec ip -ts monitor all >>\"$1\" 2>&1";

    private static final String RECORDS =
            "pid=$(cat \"$1.pid\" 2>/dev/null) && grep -qz monitor \"/proc/$pid/cmdline\"";

    @Override
    public boolean records(RecorderSpec recorder) throws IOException {
        List<String> argv = List.of("sh", "-c", RECORDS, "sh", recorder.file());
        return CommandOutput.of(
                        nodes.engine().containers().start(node(recorder), argv), argv, TIMEOUT)
                .ok();
    }

    /** Starts the recorder; appends to the same file after a restart of the node. */
    @Override
    public void start(RecorderSpec recorder) throws IOException {
        nodes.engine()
                .containers()
                .startDetached(node(recorder), List.of("sh", "-c", RECORD, "sh", recorder.file()));
    }

    private String node(RecorderSpec recorder) {
        return nodes.lab() + "-" + recorder.node().text();
    }
}
