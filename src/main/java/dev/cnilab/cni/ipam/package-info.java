/** Addresses of a node's pods: which one is next, and who has which. */
@NullMarked
package dev.cnilab.cni.ipam;

import org.jspecify.annotations.NullMarked;
