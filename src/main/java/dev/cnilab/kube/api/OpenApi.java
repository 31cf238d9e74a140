package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import java.util.Arrays;
import java.util.List;

/**
 * OpenAPI v3 as far as kubectl reads it: each write has the parameter {@code fieldValidation}, so
 * that kubectl leaves validation to the server. Without schemas.
 */
final class OpenApi {
    private OpenApi() {}

    /** {@code /openapi/v3}. */
    static ObjectNode index() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = index.putObject("paths");
        for (ResourceType type : ResourceType.values()) {
            String path = root(type);
            paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=1");
        }
        return index;
    }

    /**
     * {@code /openapi/v3/api/v1} and {@code /openapi/v3/apis/GROUP/VERSION}.
     *
     * @param root such as {@code apis/apps/v1}
     */
    static ObjectNode document(String root) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
        document.putObject("components").putObject("schemas");
        ObjectNode paths = document.putObject("paths");
        Arrays.stream(ResourceType.values())
                .filter(type -> root(type).equals(root))
                .forEach(type -> describe(type, paths));
        if (paths.isEmpty()) {
            throw Target.unknown();
        }
        return document;
    }

    private static String root(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }

    /** The path of a type's collection: {@code /apis/apps/v1/namespaces/{namespace}/daemonsets}. */
    static String path(ResourceType type) {
        return "/"
                + root(type)
                + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
                + type.plural();
    }

    private static void describe(ResourceType type, ObjectNode paths) {
        String collection = path(type);
        ObjectNode all = paths.putObject(collection);
        all.set("post", operation(type));
        ObjectNode one = paths.putObject(collection + "/{name}");
        for (String verb : List.of("put", "patch")) {
            one.set(verb, operation(type));
        }
    }

    private static ObjectNode operation(ResourceType type) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation
                .putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query")
                .putObject("schema")
                .put("type", "string");
        operation.putObject("responses");
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        return operation;
    }
}
