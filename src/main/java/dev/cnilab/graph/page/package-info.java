/** Pages: a picture to look at, a trace to step through. One file each, with nothing to fetch. */
@NullMarked
package dev.cnilab.graph.page;

import org.jspecify.annotations.NullMarked;
