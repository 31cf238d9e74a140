/**
 * Evidence of a verification: a folder that shows what was seen, and from which it can be replayed.
 */
@NullMarked
package dev.cnilab.evidence;

import org.jspecify.annotations.NullMarked;
