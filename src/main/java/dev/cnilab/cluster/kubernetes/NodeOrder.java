package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The order in which lab lists nodes, and pods by their nodes: as in the lab's file. Nodes that are
 * not in it, such as those of an existing cluster, come last: control planes first, and by name,
 * whose number at the end is compared as a number.
 *
 * @param names of the nodes in the lab's file
 */
public record NodeOrder(List<String> names) {

    public NodeOrder {
        names = List.copyOf(names);
    }

    Comparator<Node> byNode() {
        return Comparator.comparingInt((Node node) -> position(node.name()))
                .thenComparing(Node::role)
                .thenComparing(Node::name, numbered());
    }

    /** By namespace, then those of one owner together, by their nodes. */
    Comparator<Pod> byPod() {
        return Comparator.comparing((Pod pod) -> pod.getMetadata().getNamespace())
                .thenComparing(NodeOrder::prefix)
                .thenComparing(
                        NodeOrder::node,
                        Comparator.comparingInt(this::position).thenComparing(numbered()))
                .thenComparing(pod -> pod.getMetadata().getName());
    }

    /** What a controller's pods have in common, as {@code demo-} of a DaemonSet. */
    private static String prefix(Pod pod) {
        return Objects.requireNonNullElse(
                pod.getMetadata().getGenerateName(), pod.getMetadata().getName());
    }

    private static String node(Pod pod) {
        return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
    }

    private int position(String name) {
        int index = names.indexOf(name);
        return index < 0 ? names.size() : index;
    }

    /** worker, worker2, worker10. */
    private static Comparator<String> numbered() {
        return Comparator.comparing((String name) -> name.replaceFirst("[0-9]+$", ""))
                .thenComparingInt(String::length)
                .thenComparing(Comparator.naturalOrder());
    }
}
