/** The schema of Kubernetes' objects: validates JSON and decodes protobuf. */
@NullMarked
package dev.cnilab.kube.schema;

import org.jspecify.annotations.NullMarked;
