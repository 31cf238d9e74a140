/** The Kubernetes API over HTTPS, backed by a {@code Store}. */
@NullMarked
package dev.cnilab.kube.api;

import org.jspecify.annotations.NullMarked;
