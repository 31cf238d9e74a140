/** The cluster's objects on disk: a snapshot and the changes since. */
@NullMarked
package dev.cnilab.kube.state;

import org.jspecify.annotations.NullMarked;
