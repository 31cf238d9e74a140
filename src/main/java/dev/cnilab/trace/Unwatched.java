package dev.cnilab.trace;

import dev.cnilab.cluster.Place;

/**
 * A place on the path where no capture could be started.
 *
 * @param why in one line
 */
public record Unwatched(Place where, String why) {}
