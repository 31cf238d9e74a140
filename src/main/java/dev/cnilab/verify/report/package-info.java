/** Output formats of results: text, JSON, JUnit XML, TAP. */
@NullMarked
package dev.cnilab.verify.report;

import org.jspecify.annotations.NullMarked;
