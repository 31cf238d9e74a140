/** The embedded cluster's requirements on a machine. */
@NullMarked
package dev.cnilab.embedded.preflight;

import org.jspecify.annotations.NullMarked;
