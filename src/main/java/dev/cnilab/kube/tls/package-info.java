/** Certificates and kubeconfig of the API server. */
@NullMarked
package dev.cnilab.kube.tls;

import org.jspecify.annotations.NullMarked;
