/** HTTP over Unix sockets, as much as the agent's neighbours on its node speak. */
@NullMarked
package dev.cnilab.cni.http;

import org.jspecify.annotations.NullMarked;
