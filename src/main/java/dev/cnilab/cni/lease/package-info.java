/** Leases: which node serves which subnet, and where they are stored. */
@NullMarked
package dev.cnilab.cni.lease;

import org.jspecify.annotations.NullMarked;
