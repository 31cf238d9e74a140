/** The embedded cluster's nodes: namespaces, the network that connects them, and their files. */
@NullMarked
package dev.cnilab.embedded.node;

import org.jspecify.annotations.NullMarked;
