/** A small HTTP/1.1 server with chunked responses and WebSockets. */
@NullMarked
package dev.cnilab.kube.http;

import org.jspecify.annotations.NullMarked;
