/** What the runtime calls: ADD, DEL, CHECK, GC, STATUS, VERSION; and how it is reached. */
@NullMarked
package dev.cnilab.cni.plugin;

import org.jspecify.annotations.NullMarked;
