/** Access to a cluster's Kubernetes API, shared by all providers. */
@NullMarked
package dev.cnilab.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
