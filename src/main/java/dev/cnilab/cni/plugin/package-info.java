/**
 * The CNI plugin that the container runtime calls: ADD, DEL, CHECK, GC, STATUS, VERSION; and its
 * server, shim and installer.
 */
@NullMarked
package dev.cnilab.cni.plugin;

import org.jspecify.annotations.NullMarked;
