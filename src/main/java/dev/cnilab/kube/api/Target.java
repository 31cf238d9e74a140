package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import java.util.List;
import java.util.Set;

/**
 * The resource that a request's path names.
 *
 * @param namespace "" for every namespace, or for what has none
 * @param name "" for the whole collection
 * @param subresource "" for the object itself
 */
record Target(ResourceType type, String namespace, String name, String subresource) {
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    /**
     * Reads {@code /api/v1/...} and {@code /apis/GROUP/VERSION/...}.
     *
     * @throws ApiException 404 if the path names no served resource
     */
    static Target parse(List<String> path) {
        boolean core = path.getFirst().equals("api");
        int at = core ? 2 : 3;
        if (!core && !path.getFirst().equals("apis") || path.size() <= at || path.contains("")) {
            throw unknown();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(at - 1);
        String namespace = "";
        if (path.get(at).equals("namespaces")
                && path.size() > at + 2
                && !OF_NAMESPACES.contains(path.get(at + 2))) {
            namespace = path.get(at + 1);
            at += 2;
        }
        ResourceType type =
                ResourceType.ofPlural(group, version, path.get(at)).orElseThrow(Target::unknown);
        String name = path.size() > at + 1 ? path.get(at + 1) : "";
        String subresource = path.size() > at + 2 ? path.get(at + 2) : "";
        boolean misplaced =
                type.namespaced() ? namespace.isEmpty() && !name.isEmpty() : !namespace.isEmpty();
        if (path.size() > at + 3
                || misplaced
                || !subresource.isEmpty() && !type.subresources().contains(subresource)) {
            throw unknown();
        }
        return new Target(type, namespace, name, subresource);
    }

    static ApiException unknown() {
        return new ApiException(
                404, "NotFound", "the server could not find the requested resource");
    }

    boolean collection() {
        return name.isEmpty();
    }
}
