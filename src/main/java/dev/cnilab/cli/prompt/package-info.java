/** What a reader of a walkthrough types: the tutorial's commands and the program's own. */
@NullMarked
package dev.cnilab.cli.prompt;

import org.jspecify.annotations.NullMarked;
