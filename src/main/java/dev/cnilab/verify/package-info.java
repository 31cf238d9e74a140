/** Verification: steps, their probes, claims and outcomes, and reports. */
@NullMarked
package dev.cnilab.verify;

import org.jspecify.annotations.NullMarked;
