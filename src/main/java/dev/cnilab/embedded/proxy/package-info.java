/** What kube-proxy does, on nf_tables. */
@NullMarked
package dev.cnilab.embedded.proxy;

import org.jspecify.annotations.NullMarked;
