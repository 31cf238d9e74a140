package dev.cnilab.graph;

import dev.cnilab.cluster.Place;

/**
 * An interface at its place.
 *
 * @param link the interface's name
 */
public record Port(Place location, String link) {

    /**
     * As text that is the same for the same port and for no other: {@code pod:default/demo|eth0}.
     */
    public String id() {
        return location.id() + "|" + link;
    }
}
