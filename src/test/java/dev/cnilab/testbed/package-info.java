/** What tests stand on: programs that they need, folders that they work in. */
@NullMarked
package dev.cnilab.testbed;

import org.jspecify.annotations.NullMarked;
