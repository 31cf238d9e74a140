/** Who the API server is and how clients find and trust it: certificates and kubeconfig. */
@NullMarked
package dev.cnilab.kube.tls;

import org.jspecify.annotations.NullMarked;
