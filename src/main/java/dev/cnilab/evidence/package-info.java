/** Evidence of a verification: a report that can be replayed without the cluster. */
@NullMarked
package dev.cnilab.evidence;

import org.jspecify.annotations.NullMarked;
