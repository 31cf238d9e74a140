/** What every room may need and no library has. */
@NullMarked
package dev.cnilab.base;

import org.jspecify.annotations.NullMarked;
