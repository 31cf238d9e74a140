/** Builds the image of agent, installer and demo: this program as a docker archive. */
@NullMarked
package dev.cnilab.image;

import org.jspecify.annotations.NullMarked;
