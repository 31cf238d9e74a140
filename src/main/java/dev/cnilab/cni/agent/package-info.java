/** The per-node agent: keeps this node's half of the tunnel network as it should be. */
@NullMarked
package dev.cnilab.cni.agent;

import org.jspecify.annotations.NullMarked;
