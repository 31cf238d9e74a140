/** Reads YAML into typed values with schemas that also generate JSON Schema. */
@NullMarked
package dev.cnilab.spec.yaml;

import org.jspecify.annotations.NullMarked;
