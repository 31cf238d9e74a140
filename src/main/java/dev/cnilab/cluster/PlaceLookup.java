package dev.cnilab.cluster;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds a place by a name that a user gives. */
public final class PlaceLookup {

    private PlaceLookup() {}

    /**
     * @param where a node, a pod, {@code NAMESPACE/POD}, or {@code outside}
     * @throws Failure if it does not exist
     */
    public static Place find(Cluster cluster, String where) throws IOException {
        List<Place> found =
                cluster.places().stream().filter(place -> isNamed(place, where)).toList();
        // A node, or outside, takes precedence over a pod of the same name.
        Optional<Place> noPod =
                found.stream().filter(place -> !(place instanceof Place.InPod)).findFirst();
        return noPod.isPresent() ? noPod.get() : single(found, where);
    }

    private static boolean isNamed(Place place, String where) {
        return switch (place) {
            case Place.InPod(String namespace, String pod) -> isPod(namespace, pod, where);
            case Place.OnNode _, Place.Outside _ -> place.name().equals(where);
        };
    }

    private static boolean isPod(String namespace, String pod, String name) {
        return name.equals(pod) || name.equals(namespace + "/" + pod);
    }

    /**
     * @param name of a pod, with its namespace if the name alone is ambiguous
     */
    public static Pod pod(Cluster cluster, String name) throws IOException {
        return single(
                cluster.pods().stream()
                        .filter(pod -> isPod(pod.namespace(), pod.name(), name))
                        .toList(),
                name);
    }

    private static <T> T single(List<T> found, String name) throws Failure {
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
