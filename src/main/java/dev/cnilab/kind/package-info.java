/** Clusters whose nodes are Docker containers, made by kind. */
@NullMarked
package dev.cnilab.kind;

import org.jspecify.annotations.NullMarked;
