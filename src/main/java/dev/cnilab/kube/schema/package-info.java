/** What fields Kubernetes' objects have: unknown and wrong ones are found, protobuf is read. */
@NullMarked
package dev.cnilab.kube.schema;

import org.jspecify.annotations.NullMarked;
