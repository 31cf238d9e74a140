/** Values: addresses, prefixes, MACs, tunnels. No I/O. */
@NullMarked
package dev.cnilab.net;

import org.jspecify.annotations.NullMarked;
