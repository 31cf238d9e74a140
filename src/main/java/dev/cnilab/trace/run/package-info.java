/** Runs traces: captures, sends the probe, correlates and explains its hops. */
@NullMarked
package dev.cnilab.trace.run;

import org.jspecify.annotations.NullMarked;
