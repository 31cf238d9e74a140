/** The provider {@code kind}: clusters whose nodes are Docker containers. */
@NullMarked
package dev.cnilab.kind;

import org.jspecify.annotations.NullMarked;
