/** What clients of the cluster reach over HTTPS: Kubernetes' API, over a {@code Store}. */
@NullMarked
package dev.cnilab.kube.api;

import org.jspecify.annotations.NullMarked;
