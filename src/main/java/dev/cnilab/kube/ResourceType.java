package dev.cnilab.kube;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The API resources that are served, as {@code kubectl api-resources} lists them. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of's
public enum ResourceType {
    NODE("", "v1", "nodes", "Node", false, List.of("no"), List.of("status")),
    NAMESPACE("", "v1", "namespaces", "Namespace", false, List.of("ns"), List.of("status")),
    POD(
            "",
            "v1",
            "pods",
            "Pod",
            true,
            List.of("po"),
            List.of("status", "log", "exec", "attach", "portforward", "eviction")),
    SERVICE("", "v1", "services", "Service", true, List.of("svc"), List.of("status")),
    ENDPOINTS("", "v1", "endpoints", "Endpoints", true, List.of("ep"), List.of()),
    EVENT("", "v1", "events", "Event", true, List.of("ev"), List.of()),
    CONFIG_MAP("", "v1", "configmaps", "ConfigMap", true, List.of("cm"), List.of()),
    SECRET("", "v1", "secrets", "Secret", true, List.of(), List.of()),
    SERVICE_ACCOUNT("", "v1", "serviceaccounts", "ServiceAccount", true, List.of("sa"), List.of()),
    DAEMON_SET("apps", "v1", "daemonsets", "DaemonSet", true, List.of("ds"), List.of("status")),
    DEPLOYMENT(
            "apps",
            "v1",
            "deployments",
            "Deployment",
            true,
            List.of("deploy"),
            List.of("status", "scale")),
    REPLICA_SET(
            "apps",
            "v1",
            "replicasets",
            "ReplicaSet",
            true,
            List.of("rs"),
            List.of("status", "scale")),
    CONTROLLER_REVISION(
            "apps", "v1", "controllerrevisions", "ControllerRevision", true, List.of(), List.of()),
    LEASE("coordination.k8s.io", "v1", "leases", "Lease", true, List.of(), List.of()),
    ENDPOINT_SLICE(
            "discovery.k8s.io",
            "v1",
            "endpointslices",
            "EndpointSlice",
            true,
            List.of(),
            List.of()),
    CLUSTER_ROLE(
            "rbac.authorization.k8s.io",
            "v1",
            "clusterroles",
            "ClusterRole",
            false,
            List.of(),
            List.of()),
    CLUSTER_ROLE_BINDING(
            "rbac.authorization.k8s.io",
            "v1",
            "clusterrolebindings",
            "ClusterRoleBinding",
            false,
            List.of(),
            List.of()),
    ROLE("rbac.authorization.k8s.io", "v1", "roles", "Role", true, List.of(), List.of()),
    ROLE_BINDING(
            "rbac.authorization.k8s.io",
            "v1",
            "rolebindings",
            "RoleBinding",
            true,
            List.of(),
            List.of());

    private final String group;
    private final String version;
    private final String plural;
    private final String kind;
    private final boolean namespaced;
    private final List<String> shortNames;
    private final List<String> subresources;

    ResourceType(
            String group,
            String version,
            String plural,
            String kind,
            boolean namespaced,
            List<String> shortNames,
            List<String> subresources) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
        this.shortNames = shortNames;
        this.subresources = subresources;
    }

    /** The type behind a path like {@code /apis/apps/v1/daemonsets}; group "" is the core group. */
    public static Optional<ResourceType> ofPlural(String group, String version, String plural) {
        return Arrays.stream(values())
                .filter(type -> type.group.equals(group) && type.version.equals(version))
                .filter(type -> type.plural.equals(plural))
                .findFirst();
    }

    /** The type of an object with these {@code apiVersion} and {@code kind}. */
    public static Optional<ResourceType> ofKind(String apiVersion, String kind) {
        return Arrays.stream(values())
                .filter(type -> type.apiVersion().equals(apiVersion) && type.kind.equals(kind))
                .findFirst();
    }

    /** The API group, "" for the core group. */
    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    /** The {@code apiVersion} of its objects: {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public String plural() {
        return plural;
    }

    public String kind() {
        return kind;
    }

    public boolean namespaced() {
        return namespaced;
    }

    public List<String> shortNames() {
        return shortNames;
    }

    public List<String> subresources() {
        return subresources;
    }

    /** True if {@code status} is a subresource. */
    public boolean hasStatus() {
        return subresources.contains("status");
    }

    /** The name in error messages: {@code pods}, {@code daemonsets.apps}. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
