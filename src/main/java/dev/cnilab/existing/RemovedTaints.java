package dev.cnilab.existing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The taints that a lab removed from an existing cluster's control planes, to restore them when the
 * lab is deleted.
 *
 * @param file JSON, taints by node; may not exist
 */
record RemovedTaints(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Removes the taints; they are recorded first, so that they can always be restored. */
    void remove(KubernetesCluster api) throws IOException {
        Map<String, List<String>> noted = new HashMap<>(noted());
        for (Node node : api.nodes()) {
            if (node.role() == Node.Role.CONTROL_PLANE && !node.taints().isEmpty()) {
                noted.putIfAbsent(node.name(), node.taints());
            }
        }
        Files.write(file, JSON.writeValueAsBytes(noted));
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
        Files.deleteIfExists(file);
    }

    private Map<String, List<String>> noted() throws IOException {
        return Files.exists(file)
                ? JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {})
                : Map.of();
    }
}
