/** Providers of clusters: embedded, kind, existing; their nodes, pods and images. */
@NullMarked
package dev.cnilab.cluster;

import org.jspecify.annotations.NullMarked;
