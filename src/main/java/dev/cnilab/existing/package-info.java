/** Existing clusters, reached only through their Kubernetes API. */
@NullMarked
package dev.cnilab.existing;

import org.jspecify.annotations.NullMarked;
