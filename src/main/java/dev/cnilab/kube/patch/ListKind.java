package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a list of a Kubernetes object merges: as a map by keys, as a set, or not at all. */
sealed interface ListKind {
    /** A map: items with the same keys are merged. */
    record Keyed(List<String> keys) implements ListKind {
        boolean same(JsonNode a, JsonNode b) {
            return keys.stream().allMatch(key -> keyOf(a, key).equals(keyOf(b, key)));
        }

        /** The value of an item's key; a port's absent protocol defaults to TCP. */
        JsonNode keyOf(JsonNode item, String key) {
            JsonNode value = item.path(key);
            return value.isMissingNode() && key.equals("protocol") ? TCP : value;
        }
    }

    /** A set of scalars. */
    record Values() implements ListKind {}

    /** Replaced as a whole. */
    record Atomic() implements ListKind {}

    JsonNode TCP = com.fasterxml.jackson.databind.node.TextNode.valueOf("TCP");

    /**
     * The {@code patchMergeKey} tags of Kubernetes' types (k8s.io/api core/v1, apps/v1, meta/v1) by
     * field name, prefixed with the parent's where the name alone is ambiguous.
     */
    Map<String, Keyed> KEYED =
            Map.ofEntries(
                    keyed("addresses", "type"),
                    keyed("conditions", "type"),
                    keyed("containers", "name"),
                    keyed("containers.ports", "containerPort", "protocol"),
                    keyed("initContainers.ports", "containerPort", "protocol"),
                    keyed("env", "name"),
                    keyed("ephemeralContainers", "name"),
                    keyed("hostAliases", "ip"),
                    keyed("imagePullSecrets", "name"),
                    keyed("initContainers", "name"),
                    keyed("ownerReferences", "uid"),
                    keyed("podIPs", "ip"),
                    keyed("secrets", "name"),
                    keyed("spec.ports", "port", "protocol"),
                    keyed("topologySpreadConstraints", "topologyKey", "whenUnsatisfiable"),
                    keyed("volumeDevices", "devicePath"),
                    keyed("volumeMounts", "mountPath"),
                    keyed("volumes", "name"));

    Set<String> VALUES = Set.of("finalizers", "podCIDRs");

    private static Map.Entry<String, Keyed> keyed(String field, String... keys) {
        return Map.entry(field, new Keyed(List.of(keys)));
    }

    static ListKind of(String parent, String field) {
        if (VALUES.contains(field)) {
            return new Values();
        }
        Keyed qualified = KEYED.get(parent + "." + field);
        Keyed keyed = qualified == null ? KEYED.get(field) : qualified;
        return keyed == null ? new Atomic() : keyed;
    }
}
