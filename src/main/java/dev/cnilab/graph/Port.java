package dev.cnilab.graph;

import dev.cnilab.cluster.Place;

/**
 * An interface of a place.
 *
 * @param link the interface's name
 */
public record Port(Place location, String link) {

    /** Returns a unique identifier: {@code pod:default/demo|eth0}. */
    public String id() {
        return location.id() + "|" + link;
    }
}
