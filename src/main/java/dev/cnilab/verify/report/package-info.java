/** Results in the forms that people and programs read. */
@NullMarked
package dev.cnilab.verify.report;

import org.jspecify.annotations.NullMarked;
