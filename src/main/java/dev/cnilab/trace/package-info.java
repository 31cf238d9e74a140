/** A probe's way through a lab: seen at every interface, each change explained, each loss found. */
@NullMarked
package dev.cnilab.trace;

import org.jspecify.annotations.NullMarked;
