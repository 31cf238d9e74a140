/** How text is laid out for a terminal. */
@NullMarked
package dev.cnilab.cli.render;

import org.jspecify.annotations.NullMarked;
