/** Commands and wiring. */
@NullMarked
package dev.cnilab.cli;

import org.jspecify.annotations.NullMarked;
