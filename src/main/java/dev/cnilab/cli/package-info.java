/** Commands, REPL, rendering, exit codes, wiring. */
@NullMarked
package dev.cnilab.cli;

import org.jspecify.annotations.NullMarked;
