/** What every provider's cluster answers from its Kubernetes API. */
@NullMarked
package dev.cnilab.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
