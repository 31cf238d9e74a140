/**
 * The embedded cluster: nodes are network namespaces of this machine, one background process is its
 * control plane.
 */
@NullMarked
package dev.cnilab.embedded;

import org.jspecify.annotations.NullMarked;
