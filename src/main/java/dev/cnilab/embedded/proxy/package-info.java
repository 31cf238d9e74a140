/** The service proxy of a node, which implements kube-proxy with nf_tables. */
@NullMarked
package dev.cnilab.embedded.proxy;

import org.jspecify.annotations.NullMarked;
