/** Which node serves which subnet, and where that is written down. */
@NullMarked
package dev.cnilab.cni.lease;

import org.jspecify.annotations.NullMarked;
