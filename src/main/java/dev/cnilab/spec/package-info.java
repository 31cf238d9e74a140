/** Reads YAML into a validated {@link dev.cnilab.spec.LabSpec}; JSON Schema. */
@NullMarked
package dev.cnilab.spec;

import org.jspecify.annotations.NullMarked;
