/** Live packet captures in a cluster. */
@NullMarked
package dev.cnilab.cluster.capture;

import org.jspecify.annotations.NullMarked;
