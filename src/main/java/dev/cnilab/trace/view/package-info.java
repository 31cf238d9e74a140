/** Output formats of a trace: text, JSON, Mermaid. */
@NullMarked
package dev.cnilab.trace.view;

import org.jspecify.annotations.NullMarked;
