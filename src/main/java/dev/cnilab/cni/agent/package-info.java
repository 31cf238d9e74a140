/** The per-node agent, which keeps its node's part of the pod network in the desired state. */
@NullMarked
package dev.cnilab.cni.agent;

import org.jspecify.annotations.NullMarked;
