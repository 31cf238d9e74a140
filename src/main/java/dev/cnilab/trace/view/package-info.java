/** A trace for people and for programs: text, JSON, a Mermaid diagram. */
@NullMarked
package dev.cnilab.trace.view;

import org.jspecify.annotations.NullMarked;
