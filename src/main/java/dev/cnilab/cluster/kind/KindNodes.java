package dev.cnilab.cluster.kind;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.docker.DockerEngine;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The containers that are the nodes of one kind cluster, which is called as the lab. */
record KindNodes(DockerEngine engine, String lab) {

    /** kind's own label. */
    private static final String LABEL = "io.x-k8s.kind.cluster";

    /**
     * Docker takes no label for a container that is there already, and kind gives none of ours: a
     * file in the nodes says whose they are, in case the lab's folder is lost.
     */
    private static final String MARK = "/var/lib/cnilab/lab";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A container takes Docker up to a second. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(200);

    List<NodeContainer> list() throws IOException {
        return engine.containers().labelled(LABEL, lab);
    }

    /** Says in the nodes whose they are. */
    void mark() throws IOException {
        Parallel.forEach(list(), this::mark);
    }

    private void mark(NodeContainer node) throws IOException {
        String script = "mkdir -p \"${1%/*}\" && printf %s \"$2\" >\"$1\"";
        ExecResult result = run(node, List.of("sh", "-c", script, "sh", MARK, lab));
        if (!result.ok()) {
            throw new IOException(node.name() + ": " + result.describe());
        }
    }

    /** Whether a node that runs says that it is the lab's. */
    boolean marked() throws IOException {
        for (NodeContainer node : list()) {
            if (node.running() && run(node, List.of("cat", MARK)).stdout().equals(lab)) {
                return true;
            }
        }
        return false;
    }

    /** As kind does: killed and removed, with their volumes. Repeatable. */
    void remove() throws IOException {
        Parallel.forEach(list(), engine.containers()::remove);
    }

    /**
     * Removes them as they come, until none has come for a while: Docker makes a container to the
     * end, although the client that asked for it was ended.
     */
    void removeUnfinished() throws IOException {
        long lastCame = System.nanoTime();
        while (System.nanoTime() - lastCame < SETTLED.toNanos()) {
            if (!list().isEmpty()) {
                remove();
                lastCame = System.nanoTime();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private ExecResult run(NodeContainer node, List<String> argv) throws IOException {
        return CommandOutput.of(
                engine.containers().start(node.name(), argv, Map.of()), argv, TIMEOUT);
    }
}
