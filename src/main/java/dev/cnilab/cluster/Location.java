package dev.cnilab.cluster;

/** Where in a cluster a command runs. */
public sealed interface Location {

    /** A node, in its own network namespace and with its own files. */
    record OnNode(String node) implements Location {}

    /** The first container of a pod. */
    record InPod(String namespace, String pod) implements Location {}

    /** Beside the cluster, on the network that its nodes are attached to: the gateway's place. */
    record Outside() implements Location {}
}
