/** A lab's network as it is now, drawn: text, Mermaid, SVG, and a page to step through a trace. */
@NullMarked
package dev.cnilab.graph;

import org.jspecify.annotations.NullMarked;
