/** Strict reading of hand-written JSON configuration, with positions in errors. */
@NullMarked
package dev.cnilab.cni.config;

import org.jspecify.annotations.NullMarked;
