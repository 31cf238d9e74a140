/** Terminal output: layout, styles, progress and error reports. */
@NullMarked
package dev.cnilab.cli.render;

import org.jspecify.annotations.NullMarked;
