package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import java.util.Optional;

/**
 * A place where a command runs, with what is known of it.
 *
 * @param node empty outside
 * @param pod empty on a node and outside
 */
record Spot(Place location, Optional<Node> node, Optional<Pod> pod) {

    static Spot outside() {
        return new Spot(new Place.Outside(), Optional.empty(), Optional.empty());
    }

    static Spot on(Node node) {
        return new Spot(new Place.OnNode(node.name()), Optional.of(node), Optional.empty());
    }

    static Spot in(Pod pod, Node node) {
        return new Spot(
                new Place.InPod(pod.namespace(), pod.name()),
                Optional.of(node),
                Optional.of(pod));
    }

    /** As the user knows it. */
    String name() {
        return location.name();
    }

    /** The address by which others reach it. */
    String address() {
        return pod.flatMap(Pod::ip)
                .or(() -> node.map(Node::internalIp))
                .map(Object::toString)
                .orElse("");
    }
}
