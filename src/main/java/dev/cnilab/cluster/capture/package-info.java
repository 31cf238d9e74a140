/** Captures that run in a cluster while their packets are read here. */
@NullMarked
package dev.cnilab.cluster.capture;

import org.jspecify.annotations.NullMarked;
