/** Kubeconfig files: the user's, and what labs put into it. */
@NullMarked
package dev.cnilab.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
