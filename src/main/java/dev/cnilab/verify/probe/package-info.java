/** Looks at a cluster: what each probe of a spec observes, and what it should. */
@NullMarked
package dev.cnilab.verify.probe;

import org.jspecify.annotations.NullMarked;
