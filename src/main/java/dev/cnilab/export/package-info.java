/** A lab written for other tools: as a script, and as containerlab's topology. */
@NullMarked
package dev.cnilab.export;

import org.jspecify.annotations.NullMarked;
