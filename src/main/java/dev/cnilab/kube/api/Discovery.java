package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Serves API discovery: groups, versions and resources. */
final class Discovery {
    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");

    private static final Map<String, List<String>> SUBRESOURCE_VERBS =
            Map.of(
                    "status", List.of("get", "patch", "update"),
                    "scale", List.of("get", "patch", "update"),
                    "log", List.of("get"),
                    "exec", List.of("create", "get"),
                    "attach", List.of("create", "get"),
                    "portforward", List.of("create", "get"),
                    "eviction", List.of("create"));

    /** The types of the category {@code all}, for {@code kubectl get all}. */
    private static final Set<ResourceType> ALL =
            Set.of(
                    ResourceType.POD,
                    ResourceType.SERVICE,
                    ResourceType.DAEMON_SET,
                    ResourceType.DEPLOYMENT,
                    ResourceType.REPLICA_SET);

    private Discovery() {}

    /** {@code /version}; the minor version is the newest that the served API follows. */
    static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0+lab")
                .put("gitTreeState", "clean")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/" + System.getProperty("os.arch"));
    }

    /** {@code /api}. */
    static ObjectNode core() {
        ObjectNode versions = JsonNodeFactory.instance.objectNode().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    /** {@code /apis}. */
    static ObjectNode groups() {
        ObjectNode list =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "APIGroupList")
                        .put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        Arrays.stream(ResourceType.values())
                .filter(type -> !type.group().isEmpty())
                .map(ResourceType::group)
                .distinct()
                .forEach(group -> groups.add(group(group)));
        return list;
    }

    /** {@code /apis/GROUP}. */
    static ObjectNode group(String name) {
        String version =
                Arrays.stream(ResourceType.values())
                        .filter(type -> !name.isEmpty() && type.group().equals(name))
                        .map(ResourceType::version)
                        .findFirst()
                        .orElseThrow(Target::unknown);
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        String groupVersion = name + "/" + version;
        group.putArray("versions")
                .addObject()
                .put("groupVersion", groupVersion)
                .put("version", version);
        group.putObject("preferredVersion")
                .put("groupVersion", groupVersion)
                .put("version", version);
        return group;
    }

    /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
    static ObjectNode resources(String apiVersion) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", apiVersion);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : ResourceType.values()) {
            if (type.apiVersion().equals(apiVersion)) {
                describe(type, resources);
            }
        }
        if (resources.isEmpty()) {
            throw Target.unknown();
        }
        return list;
    }

    /** An empty list of CustomResourceDefinitions. */
    static ObjectNode noCustomKinds() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "CustomResourceDefinitionList")
                .put("apiVersion", "apiextensions.k8s.io/v1");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items");
        return list;
    }

    private static void describe(ResourceType type, ArrayNode resources) {
        ObjectNode resource =
                resources
                        .addObject()
                        .put("name", type.plural())
                        .put("singularName", type.kind().toLowerCase(Locale.ROOT))
                        .put("namespaced", type.namespaced())
                        .put("kind", type.kind());
        VERBS.forEach(resource.putArray("verbs")::add);
        if (!type.shortNames().isEmpty()) {
            type.shortNames().forEach(resource.putArray("shortNames")::add);
        }
        if (ALL.contains(type)) {
            resource.putArray("categories").add("all");
        }
        for (String subresource : type.subresources()) {
            ObjectNode sub =
                    resources
                            .addObject()
                            .put("name", type.plural() + "/" + subresource)
                            .put("singularName", "")
                            .put("namespaced", type.namespaced())
                            .put("kind", subresource.equals("scale") ? "Scale" : type.kind());
            SUBRESOURCE_VERBS
                    .getOrDefault(subresource, List.of())
                    .forEach(sub.withArray("verbs")::add);
            if (subresource.equals("scale")) {
                sub.put("group", "autoscaling").put("version", "v1");
            }
        }
    }
}
