/**
 * The network commands of lab's image in pods and nodes: {@code lab tool NAME}. They start fast:
 * nothing here loads picocli or a Kubernetes client.
 */
@NullMarked
package dev.cnilab.tool;

import org.jspecify.annotations.NullMarked;
