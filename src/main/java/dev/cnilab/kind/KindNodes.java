package dev.cnilab.kind;

import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.kind.docker.DockerEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The containers that are the nodes of one lab's kind cluster, which is called as the lab.
 *
 * @param own which of the cluster's containers are the lab's
 */
record KindNodes(DockerEngine engine, String lab, Predicate<NodeContainer> own) {

    /** kind's own label. */
    private static final String LABEL = "io.x-k8s.kind.cluster";

    /** A container takes Docker up to a second. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * @param record of the lab
     */
    static KindNodes of(DockerEngine engine, String lab, Path folder, KindRecord record) {
        boolean firstRelease = record.cluster() && !record.marked();
        return new KindNodes(
                engine, lab, firstRelease ? each -> true : new KindOwner(folder)::owns);
    }

    /** The same over a connection of its own, which the caller closes. */
    KindNodes connected() throws IOException {
        return new KindNodes(DockerEngine.open(engine.address()), lab, own);
    }

    List<NodeContainer> list() throws IOException {
        return all().stream().filter(own).toList();
    }

    /** Those of a cluster that has the lab's name and is not the lab's. */
    List<NodeContainer> others() throws IOException {
        return all().stream().filter(own.negate()).toList();
    }

    private List<NodeContainer> all() throws IOException {
        return engine.containers().labelled(LABEL, lab);
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
}
