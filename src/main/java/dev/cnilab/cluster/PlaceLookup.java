package dev.cnilab.cluster;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.util.List;

/** Finds the place that a user means by a name. */
public final class PlaceLookup {

    private PlaceLookup() {}

    /**
     * @param where a node, a pod, {@code NAMESPACE/POD}, or {@code outside}
     * @throws Failure when there is none
     */
    public static Place find(Cluster cluster, String where) throws IOException {
        if (where.equals("outside")) {
            return new Place.Outside();
        }
        if (cluster.nodes().stream().anyMatch(node -> node.name().equals(where))) {
            return new Place.OnNode(where);
        }
        Pod pod = pod(cluster, where);
        return new Place.InPod(pod.namespace(), pod.name());
    }

    /**
     * @param name of a pod, with its namespace where the name alone is not enough
     */
    public static Pod pod(Cluster cluster, String name) throws IOException {
        List<Pod> found =
                cluster.pods().stream()
                        .filter(pod ->
                                name.equals(pod.name())
                                        || name.equals(pod.namespace() + "/" + pod.name()))
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new Failure(
                Failure.Kind.USAGE,
                found.isEmpty() ? "no-such-place" : "which-pod",
                found.isEmpty()
                        ? "no such node or pod: " + name
                        : "several pods are named " + name + ": give the namespace, too",
                "",
                "lab status shows them");
    }
}
