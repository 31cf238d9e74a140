/** Packets on the wire: decoded, encoded, described and filtered. Pure. */
@NullMarked
package dev.cnilab.net.packet;

import org.jspecify.annotations.NullMarked;
