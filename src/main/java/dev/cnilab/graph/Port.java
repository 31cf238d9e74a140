package dev.cnilab.graph;

import dev.cnilab.cluster.Location;

/**
 * An interface at its place.
 *
 * @param link the interface's name
 */
public record Port(Location location, String link) {

    /**
     * As text that is the same for the same port and for no other: {@code pod:default/demo|eth0}.
     */
    public String id() {
        return place() + "|" + link;
    }

    /** {@code node:NAME}, {@code pod:NAMESPACE/NAME}, or {@code outside}. */
    public String place() {
        return switch (location) {
            case Location.OnNode on -> "node:" + on.node();
            case Location.InPod in -> "pod:" + in.namespace() + "/" + in.pod();
            case Location.Outside _ -> "outside";
        };
    }
}
