/** Preflight checks of the provider kind. */
@NullMarked
package dev.cnilab.kind.preflight;

import org.jspecify.annotations.NullMarked;
