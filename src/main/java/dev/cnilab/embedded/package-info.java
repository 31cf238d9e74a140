/**
 * The embedded cluster: nodes are network namespaces of this machine, and one background process is
 * the control plane.
 */
@NullMarked
package dev.cnilab.embedded;

import org.jspecify.annotations.NullMarked;
