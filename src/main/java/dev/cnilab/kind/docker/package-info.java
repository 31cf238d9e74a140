/** The Docker engine of this machine: its networks and its containers, through docker-java. */
@NullMarked
package dev.cnilab.kind.docker;

import org.jspecify.annotations.NullMarked;
