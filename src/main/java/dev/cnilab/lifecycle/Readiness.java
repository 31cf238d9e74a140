package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Waits, within a budget, until nodes or pods are as wanted; tells what kept them when they aren't.
 */
final class Readiness {

    private static final int LOG_LINES = 15;

    private final Cluster cluster;
    private final Duration budget;

    Readiness(Cluster cluster, Duration budget) {
        this.cluster = cluster;
        this.budget = budget;
    }

    /**
     * @throws Failure naming the nodes that are not, and why their pods do not run
     */
    void awaitNodes() throws IOException {
        if (!cluster.await(() -> cluster.nodes().stream().allMatch(Node::ready), budget)) {
            String waiting =
                    cluster.nodes().stream()
                            .filter(node -> !node.ready())
                            .map(Node::name)
                            .collect(Collectors.joining(", "));
            throw new Failure(
                    Failure.Kind.TIMEOUT,
                    "node-not-ready",
                    "not Ready within " + budget.toSeconds() + " s: " + waiting,
                    unready(),
                    "lab logs shows more; lab up tries again");
        }
    }

    /**
     * @throws Failure naming the pods that are not, and why
     */
    void awaitPods() throws IOException {
        if (!cluster.await(() -> podsReady(cluster), budget)) {
            throw new Failure(
                    Failure.Kind.TIMEOUT,
                    "pod-not-ready",
                    "pods are not Ready within " + budget.toSeconds() + " s",
                    unready(),
                    "lab logs shows more; lab up tries again");
        }
    }

    static boolean podsReady(Cluster cluster) throws IOException {
        List<Pod> pods = cluster.awaitedPods();
        return !pods.isEmpty() && pods.stream().allMatch(Pod::ready) && cluster.settled();
    }

    private String unready() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Pod pod : cluster.awaitedPods()) {
            if (!pod.ready()) {
                text.append(pod.namespace()).append('/').append(pod.name());
                text.append(": ").append(pod.phase()).append(' ').append(pod.reason()).append('\n');
                text.append(cluster.logs(pod.namespace(), pod.name(), LOG_LINES));
            }
        }
        return text.toString();
    }
}
