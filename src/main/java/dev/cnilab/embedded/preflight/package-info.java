/** What the embedded cluster needs of a machine. */
@NullMarked
package dev.cnilab.embedded.preflight;

import org.jspecify.annotations.NullMarked;
