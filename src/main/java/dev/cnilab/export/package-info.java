/** Exports a lab to other tools: a script, and a containerlab topology. */
@NullMarked
package dev.cnilab.export;

import org.jspecify.annotations.NullMarked;
