/** A lab's current network and its rendering: text, Mermaid, SVG, and an HTML page with a trace. */
@NullMarked
package dev.cnilab.graph;

import org.jspecify.annotations.NullMarked;
