/** The contract of providers (embedded, kind, existing): clusters, nodes, pods, images. */
@NullMarked
package dev.cnilab.cluster;

import org.jspecify.annotations.NullMarked;
