/** JSON patch, merge patch, strategic merge patch and server-side apply. No I/O. */
@NullMarked
package dev.cnilab.kube.patch;

import org.jspecify.annotations.NullMarked;
