/** Address management: allocates pod addresses and stores the reservations. */
@NullMarked
package dev.cnilab.cni.ipam;

import org.jspecify.annotations.NullMarked;
