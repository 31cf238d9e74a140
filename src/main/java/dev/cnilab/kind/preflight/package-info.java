/** What kind's clusters need of a machine. */
@NullMarked
package dev.cnilab.kind.preflight;

import org.jspecify.annotations.NullMarked;
