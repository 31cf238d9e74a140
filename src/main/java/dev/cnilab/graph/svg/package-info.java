/** A topology as a picture: where everything goes, and SVG that says so. */
@NullMarked
package dev.cnilab.graph.svg;

import org.jspecify.annotations.NullMarked;
