/** HTML pages with the network's picture and a trace, each a self-contained file. */
@NullMarked
package dev.cnilab.graph.page;

import org.jspecify.annotations.NullMarked;
