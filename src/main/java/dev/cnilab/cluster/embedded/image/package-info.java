/** How the program itself serves as the one image that the embedded cluster runs. */
@NullMarked
package dev.cnilab.cluster.embedded.image;

import org.jspecify.annotations.NullMarked;
