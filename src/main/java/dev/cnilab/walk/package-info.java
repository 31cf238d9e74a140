/** The walkthrough of a lab: pages with commands, and fault exercises. */
@NullMarked
package dev.cnilab.walk;

import org.jspecify.annotations.NullMarked;
