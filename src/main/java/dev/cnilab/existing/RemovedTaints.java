package dev.cnilab.existing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The taints that a lab removed from an existing cluster's control planes, to restore them when the
 * lab is deleted.
 *
 * @param file JSON, taints by node; may not exist
 */
record RemovedTaints(StateFile file) {

    private static final String TAINTS = "taints";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Removes the taints; they are recorded first, so that they can always be restored. */
    void remove(KubernetesCluster api) throws IOException {
        Map<String, List<String>> noted = new HashMap<>(noted());
        for (Node node : api.nodes()) {
            if (node.role() == Node.Role.CONTROL_PLANE && !node.taints().isEmpty()) {
                noted.putIfAbsent(node.name(), node.taints());
            }
        }
        ObjectNode content = JSON.createObjectNode();
        content.set(TAINTS, JSON.valueToTree(noted));
        file.write(content);
        api.nodeObjects().untaint();
    }

    /** Restores the taints. Repeatable; a deleted node is skipped. */
    void restore(KubernetesCluster api) throws IOException {
        Map<String, List<String>> noted = noted();
        for (Node node : api.nodes()) {
            for (String taint : noted.getOrDefault(node.name(), List.of())) {
                if (taint.startsWith("node-role.kubernetes.io/")
                        && !node.taints().contains(taint)) {
                    api.nodeObjects().taint(node.name(), taint);
                }
            }
        }
        file.delete();
    }

    Map<String, List<String>> noted() throws IOException {
        Optional<JsonNode> json = file.read();
        return json.isEmpty()
                ? Map.of()
                : JSON.convertValue(
                        StateFormat.of(json.get()) == 1 ? json.get() : json.get().path(TAINTS),
                        new TypeReference<>() {});
    }
}
