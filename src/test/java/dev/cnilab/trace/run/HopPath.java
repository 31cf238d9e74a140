package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.trace.Hop;
import java.util.List;
import java.util.Locale;

/**
 * The hops of a trace in a lab of two nodes, by the roles of their places.
 *
 * @param lab its name
 * @param pods of the lab
 */
public record HopPath(String lab, List<Pod> pods) {

    /** {@code PLACE INTERFACE DIRECTION} of each hop, nodes by role, pods by their node's. */
    public List<String> of(List<Hop> hops) {
        return hops.stream()
                .map(hop ->
                        "%s %s %s"
                                .formatted(
                                        role(hop.where()),
                                        hop.interfaceName().replaceAll("^veth.*", "veth"),
                                        hop.direction().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** {@code control-plane}, {@code worker}, {@code outside}, {@code pod}, {@code worker-pod}. */
    public String role(Place place) {
        return switch (place) {
            case Place.OnNode(String node) -> node.substring(lab.length() + 1);
            case Place.InPod(_, String name) -> isOnControlPlane(name) ? "pod" : "worker-pod";
            case Place.Outside() -> "outside";
        };
    }

    private boolean isOnControlPlane(String name) {
        return pods.stream()
                .filter(pod -> pod.name().equals(name))
                .flatMap(pod -> pod.node().stream())
                .anyMatch(node -> node.equals(lab + "-control-plane"));
    }
}
