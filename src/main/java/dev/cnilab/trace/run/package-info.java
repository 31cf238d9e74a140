/** Makes traces: sends the probe, captures, correlates, explains. */
@NullMarked
package dev.cnilab.trace.run;

import org.jspecify.annotations.NullMarked;
