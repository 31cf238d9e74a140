package dev.cnilab.cluster;

/** Where in a cluster a command runs. */
public sealed interface Place {

    /** A node, in its own network namespace and with its own files. */
    record OnNode(String node) implements Place {}

    /** The first container of a pod. */
    record InPod(String namespace, String pod) implements Place {}

    /** Outside of the cluster, on the gateway of the nodes' network. */
    record Outside() implements Place {}

    /** The name shown to the user; a pod's without its namespace. */
    default String name() {
        return switch (this) {
            case OnNode(String node) -> node;
            case InPod(_, String pod) -> pod;
            case Outside() -> "outside";
        };
    }

    /** {@code node:NAME}, {@code pod:NAMESPACE/NAME}, or {@code outside}. */
    default String id() {
        return switch (this) {
            case OnNode(String node) -> "node:" + node;
            case InPod(String namespace, String pod) -> "pod:" + namespace + "/" + pod;
            case Outside() -> "outside";
        };
    }

    /**
     * Parses an {@link #id}.
     *
     * @throws IllegalArgumentException if malformed
     */
    static Place parse(String id) {
        int slash = id.indexOf('/');
        if (id.equals("outside")) {
            return new Outside();
        } else if (id.startsWith("node:")) {
            return new OnNode(id.substring("node:".length()));
        } else if (id.startsWith("pod:") && slash > 0) {
            return new InPod(id.substring("pod:".length(), slash), id.substring(slash + 1));
        }
        throw new IllegalArgumentException("no place: '" + id + "'");
    }
}
