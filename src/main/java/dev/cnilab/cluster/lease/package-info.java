/** The agent's leases in the Kubernetes API. */
@NullMarked
package dev.cnilab.cluster.lease;

import org.jspecify.annotations.NullMarked;
