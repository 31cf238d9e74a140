/** Packets on the wire: decoding, encoding, formatting and filtering. No I/O. */
@NullMarked
package dev.cnilab.net.packet;

import org.jspecify.annotations.NullMarked;
