package dev.cnilab.verify;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.spec.VerifySpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two Ready pods of a verification between which a packet can be traced. */
public record PodPair(Pod from, Pod to) {

    /** Finds two pods, on different nodes if possible; empty if fewer are Ready. */
    public static Optional<PodPair> find(VerifySpec verify, ClusterView cluster)
            throws IOException {
        List<Pod> pods = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            cluster.pods().stream()
                    .filter(pod -> pod.node().filter(node.name()::equals).isPresent())
                    .filter(pod -> selected(pod, verify))
                    .forEach(pods::add);
        }
        if (pods.size() < 2) {
            return Optional.empty();
        }
        Pod from = pods.getFirst();
        return pods.stream()
                .filter(pod -> !pod.node().equals(from.node()))
                .findFirst()
                .or(() -> Optional.of(pods.get(1)))
                .map(to -> new PodPair(from, to));
    }

    private static boolean selected(Pod pod, VerifySpec verify) {
        return pod.ready()
                && !pod.hostNetwork()
                && pod.labels().entrySet().containsAll(verify.selector().entrySet());
    }
}
