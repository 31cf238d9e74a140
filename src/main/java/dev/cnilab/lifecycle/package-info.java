/** Up and down as ordered, repeatable, undoable actions; the journal. */
@NullMarked
package dev.cnilab.lifecycle;

import org.jspecify.annotations.NullMarked;
