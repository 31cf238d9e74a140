package dev.cnilab.kube.schema;

import java.util.Map;

/**
 * A struct of Kubernetes' API.
 *
 * @param name without its group: {@code Container}
 * @param fields by the name in JSON, those of inlined structs among them
 * @param numbers its own fields by their number in protobuf
 */
record Message(String name, Map<String, Field> fields, Map<Integer, Field> numbers) {}
