package dev.cnilab.trace;

import dev.cnilab.cluster.Location;

/**
 * A place on the way where nothing could be captured.
 *
 * @param why in one line
 */
public record Unwatched(Location where, String why) {}
