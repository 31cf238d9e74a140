/** Records and replays queries of a cluster. */
@NullMarked
package dev.cnilab.evidence.tape;

import org.jspecify.annotations.NullMarked;
