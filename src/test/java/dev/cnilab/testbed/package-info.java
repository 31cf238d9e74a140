/** Support for tests: required programs, temporary directories. */
@NullMarked
package dev.cnilab.testbed;

import org.jspecify.annotations.NullMarked;
