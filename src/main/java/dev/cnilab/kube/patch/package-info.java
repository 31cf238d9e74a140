/** The ways a client says what to change: four kinds of patch. Pure. */
@NullMarked
package dev.cnilab.kube.patch;

import org.jspecify.annotations.NullMarked;
