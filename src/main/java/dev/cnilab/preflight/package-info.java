/** What a provider needs of this machine: looked for, told, and mended where that can be done. */
@NullMarked
package dev.cnilab.preflight;

import org.jspecify.annotations.NullMarked;
