/** The walkthrough of a lab: its pages, and faults to break and to find. */
@NullMarked
package dev.cnilab.walk;

import org.jspecify.annotations.NullMarked;
