/** The kubelet and container runtime of one node. */
@NullMarked
package dev.cnilab.embedded.kubelet;

import org.jspecify.annotations.NullMarked;
