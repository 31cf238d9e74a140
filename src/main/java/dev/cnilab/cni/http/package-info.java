/** The agent's HTTP server for programs of its node. */
@NullMarked
package dev.cnilab.cni.http;

import org.jspecify.annotations.NullMarked;
