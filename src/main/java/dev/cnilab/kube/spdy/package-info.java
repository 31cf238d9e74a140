/**
 * A SPDY/3.1 server: multiplexes the streams of kubectl's exec (before 1.31), attach and
 * port-forward.
 */
@NullMarked
package dev.cnilab.kube.spdy;

import org.jspecify.annotations.NullMarked;
