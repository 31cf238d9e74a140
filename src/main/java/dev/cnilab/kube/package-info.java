/** The in-process Kubernetes API of the embedded cluster. */
@NullMarked
package dev.cnilab.kube;

import org.jspecify.annotations.NullMarked;
