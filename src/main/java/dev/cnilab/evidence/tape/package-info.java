/** What a cluster was asked and answered while somebody looked at it, to be looked at again. */
@NullMarked
package dev.cnilab.evidence.tape;

import org.jspecify.annotations.NullMarked;
