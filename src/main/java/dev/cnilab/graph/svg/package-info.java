/** The picture of a topology: layout and SVG. */
@NullMarked
package dev.cnilab.graph.svg;

import org.jspecify.annotations.NullMarked;
