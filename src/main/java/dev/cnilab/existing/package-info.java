/** Clusters that somebody else made, reached through their Kubernetes API alone. */
@NullMarked
package dev.cnilab.existing;

import org.jspecify.annotations.NullMarked;
