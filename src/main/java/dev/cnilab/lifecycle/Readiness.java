package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until nodes or pods are Ready, and reports why they are not on timeout. */
final class Readiness {

    private static final int LOG_LINES = 15;

    private final Cluster cluster;
    private final Duration budget;
    private final Remedy again;

    /**
     * @param again what to do on timeout; a rollback deletes the pods and their logs
     */
    Readiness(Cluster cluster, Duration budget, Remedy again) {
        this.cluster = cluster;
        this.budget = budget;
        this.again = again;
    }

    /**
     * Waits for all nodes.
     *
     * @throws Failure naming nodes that are not Ready, and why their pods do not run
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
                    again);
        }
    }

    /**
     * Waits for all awaited pods.
     *
     * @throws Failure naming pods that are not Ready, and why
     */
    void awaitPods() throws IOException {
        if (!cluster.await(() -> podsReady(cluster), budget)) {
            throw new Failure(
                    Failure.Kind.TIMEOUT,
                    "pod-not-ready",
                    "pods are not Ready within " + budget.toSeconds() + " s",
                    unready(),
                    again);
        }
    }

    static boolean podsReady(Cluster cluster) throws IOException {
        List<Pod> pods = cluster.awaitedPods();
        return !pods.isEmpty()
                && pods.stream().allMatch(Pod::ready)
                && cluster.unsettled().isEmpty();
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
        cluster.unsettled().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
