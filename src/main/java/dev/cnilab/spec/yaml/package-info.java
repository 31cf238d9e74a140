/** Reads YAML into typed values by shapes that also describe themselves as JSON Schema. */
@NullMarked
package dev.cnilab.spec.yaml;

import org.jspecify.annotations.NullMarked;
