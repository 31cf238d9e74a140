package dev.cnilab.spec;

import java.util.List;
import java.util.stream.Stream;

/** Where a step's command runs. Pods are those of {@link VerifySpec#selector()}. */
public sealed interface Target {

    /** One node or pod. */
    sealed interface Single extends Target {
        NodeSpec.Role role();
    }

    record EachNode() implements Target {}

    record EachPod() implements Target {}

    /** Outside of the cluster, on the network of the nodes. */
    record Outside() implements Target {}

    /** The first node with this role. */
    record OneNode(NodeSpec.Role role) implements Single {}

    /** The pod on the first node with this role. */
    record OnePod(NodeSpec.Role role) implements Single {}

    /** Returns the target as in the file: {@code each-node}, {@code node:worker}. */
    default String text() {
        return switch (this) {
            case EachNode _ -> "each-node";
            case EachPod _ -> "each-pod";
            case Outside _ -> "outside";
            case OneNode node -> "node:" + node.role().text();
            case OnePod pod -> "pod:" + pod.role().text();
        };
    }

    /** Returns every target that can be written in a file. */
    static List<Target> all() {
        return Stream.concat(
                        Stream.of(new EachNode(), new EachPod(), new Outside()), singles().stream())
                .toList();
    }

    /** Returns every single node or pod that can be written in a file. */
    static List<Single> singles() {
        return Stream.of(NodeSpec.Role.values())
                .<Single>mapMulti((role, each) -> {
                    each.accept(new OneNode(role));
                    each.accept(new OnePod(role));
                })
                .toList();
    }
}
