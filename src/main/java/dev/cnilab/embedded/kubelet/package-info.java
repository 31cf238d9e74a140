/** What a kubelet and its container runtime do for the pods of one node. */
@NullMarked
package dev.cnilab.embedded.kubelet;

import org.jspecify.annotations.NullMarked;
