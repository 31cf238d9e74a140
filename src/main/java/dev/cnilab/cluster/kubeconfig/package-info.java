/** Kubeconfig files: the user's, and the labs' entries in it. */
@NullMarked
package dev.cnilab.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
