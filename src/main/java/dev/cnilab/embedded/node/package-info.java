/** What the nodes are made of: namespaces, the network that joins them, their files. */
@NullMarked
package dev.cnilab.embedded.node;

import org.jspecify.annotations.NullMarked;
