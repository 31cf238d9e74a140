/** The demo workload: an HTTP server that answers with its pod's name and address. */
@NullMarked
package dev.cnilab.demo;

import org.jspecify.annotations.NullMarked;
