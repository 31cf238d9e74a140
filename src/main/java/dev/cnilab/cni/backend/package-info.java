/**
 * Connects the pods of different nodes: the tunnel device, its routes and rules, kept in the
 * desired state.
 */
@NullMarked
package dev.cnilab.cni.backend;

import org.jspecify.annotations.NullMarked;
