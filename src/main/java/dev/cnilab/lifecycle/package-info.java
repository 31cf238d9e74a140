/** Creates and deletes labs by ordered, repeatable actions with rollback and a journal. */
@NullMarked
package dev.cnilab.lifecycle;

import org.jspecify.annotations.NullMarked;
