package dev.cnilab.kube.schema;

import java.util.Map;

/**
 * A struct of Kubernetes' API.
 *
 * @param name without its group: {@code Container}
 * @param fields by JSON name, including those of inlined structs
 * @param numbers its own fields by protobuf field number
 */
record Message(String name, Map<String, Field> fields, Map<Integer, Field> numbers) {}
