/** The demo workload: a server that says which pod it is. */
@NullMarked
package dev.cnilab.demo;

import org.jspecify.annotations.NullMarked;
