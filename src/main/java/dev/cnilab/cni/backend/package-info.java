/** What carries packets between nodes: the tunnel device, its routes and rules, kept as wanted. */
@NullMarked
package dev.cnilab.cni.backend;

import org.jspecify.annotations.NullMarked;
