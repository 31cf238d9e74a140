/**
 * Checks whether this machine meets a provider's requirements, reports the result, and applies
 * fixes.
 */
@NullMarked
package dev.cnilab.preflight;

import org.jspecify.annotations.NullMarked;
