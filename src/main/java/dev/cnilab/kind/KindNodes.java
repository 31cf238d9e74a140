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
 * The node containers of a lab's kind cluster, which has the lab's name.
 *
 * @param own matches containers of the lab
 */
record KindNodes(DockerEngine engine, String lab, Predicate<NodeContainer> own) {

    /** kind's label with the cluster's name. */
    private static final String LABEL = "io.x-k8s.kind.cluster";

    /** How long no container must appear; Docker takes up to a second to create one. */
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

    /** The same nodes over a new connection, which the caller closes. */
    KindNodes connected() throws IOException {
        return new KindNodes(DockerEngine.open(engine.address()), lab, own);
    }

    List<NodeContainer> list() throws IOException {
        return all().stream().filter(own).toList();
    }

    /** Containers of a cluster that has the lab's name but is not the lab's. */
    List<NodeContainer> others() throws IOException {
        return all().stream().filter(own.negate()).toList();
    }

    private List<NodeContainer> all() throws IOException {
        return engine.containers().labelled(LABEL, lab);
    }

    /** Kills and removes the containers with their volumes, as kind does. Repeatable. */
    void remove() throws IOException {
        Parallel.forEach(list(), engine.containers()::remove);
    }

    /**
     * Removes containers until no new one has appeared for {@link #SETTLED}: Docker completes the
     * creation of a container although its client was killed.
     */
    void removeUnfinished() throws IOException {
        long lastSeen = System.nanoTime();
        while (System.nanoTime() - lastSeen < SETTLED.toNanos()) {
            if (!list().isEmpty()) {
                remove();
                lastSeen = System.nanoTime();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
