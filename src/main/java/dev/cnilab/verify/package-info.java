/** Step to Probe to Observation to Expectation to result; trace; reports. */
@NullMarked
package dev.cnilab.verify;

import org.jspecify.annotations.NullMarked;
