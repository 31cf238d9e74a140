/**
 * SPDY/3.1, the server's half: how kubectl's exec (before 1.31), attach and port-forward have many
 * streams on one connection.
 */
@NullMarked
package dev.cnilab.kube.spdy;

import org.jspecify.annotations.NullMarked;
