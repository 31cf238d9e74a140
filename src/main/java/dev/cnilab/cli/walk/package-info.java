/** The walkthrough's prompt: runs the tutorial's commands and lab's own. */
@NullMarked
package dev.cnilab.cli.walk;

import org.jspecify.annotations.NullMarked;
