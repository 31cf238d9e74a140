package dev.cnilab.trace;

import dev.cnilab.cluster.Place;

/**
 * A place on the way where nothing could be captured.
 *
 * @param why in one line
 */
public record Unwatched(Place where, String why) {}
