/** How text is laid out for a terminal. */
@NullMarked
package dev.cnilab.cli.text;

import org.jspecify.annotations.NullMarked;
