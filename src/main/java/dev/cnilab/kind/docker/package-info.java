/**
 * A client of this machine's Docker engine, based on docker-java: networks, containers, commands.
 */
@NullMarked
package dev.cnilab.kind.docker;

import org.jspecify.annotations.NullMarked;
