/** Types used by every package that no library provides. */
@NullMarked
package dev.cnilab.base;

import org.jspecify.annotations.NullMarked;
