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
 * The taints that a lab takes off somebody's control planes, to be put back at its end.
 *
 * @param file JSON, taints by node; may not exist
 */
record RemovedTaints(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Takes them off; what is noted first can be put back whatever happens. */
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

    /** Puts them back. Repeatable; a node that is gone is left out. */
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
