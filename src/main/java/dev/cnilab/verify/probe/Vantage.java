package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import java.util.Optional;

/**
 * A place where commands run, with its node and pod.
 *
 * @param node empty outside
 * @param pod empty on a node and outside
 */
record Vantage(Place location, Optional<Node> node, Optional<Pod> pod) {

    static Vantage outside() {
        return new Vantage(new Place.Outside(), Optional.empty(), Optional.empty());
    }

    static Vantage on(Node node) {
        return new Vantage(new Place.OnNode(node.name()), Optional.of(node), Optional.empty());
    }

    static Vantage in(Pod pod, Node node) {
        return new Vantage(
                new Place.InPod(pod.namespace(), pod.name()), Optional.of(node), Optional.of(pod));
    }

    /** The name shown to the user. */
    String name() {
        return location.name();
    }

    /** Its IP address. */
    String address() {
        return pod.flatMap(Pod::ip)
                .or(() -> node.map(Node::internalIp))
                .map(Object::toString)
                .orElse("");
    }
}
