/** HTTP/1.1 messages (RFC 9112), read within limits of size and time. */
@NullMarked
package dev.cnilab.net.http;

import org.jspecify.annotations.NullMarked;
