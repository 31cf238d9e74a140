/** What a reader of a walkthrough types: the tutorial's commands and the program's own. */
@NullMarked
package dev.cnilab.cli.walk;

import org.jspecify.annotations.NullMarked;
