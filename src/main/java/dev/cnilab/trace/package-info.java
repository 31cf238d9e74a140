/**
 * Packet traces: one probe at every interface on its path, with the reason of each change and of a
 * loss.
 */
@NullMarked
package dev.cnilab.trace;

import org.jspecify.annotations.NullMarked;
