/** The probes of steps: observe a cluster and compare it with the spec. */
@NullMarked
package dev.cnilab.verify.probe;

import org.jspecify.annotations.NullMarked;
