package dev.cnilab.existing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A lab's state about its existing cluster.
 *
 * @param image of agent and demo, as the cluster knows it
 */
record ExistingState(String lab, Path folder, String image) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the state; without an image when it was never written. */
    static ExistingState read(String lab, Path folder) throws IOException {
        Path file = file(folder);
        JsonNode json =
                Files.exists(file)
                        ? JSON.readTree(Files.readAllBytes(file))
                        : JSON.createObjectNode();
        return new ExistingState(lab, folder, json.path("image").asText());
    }

    void write() throws IOException {
        Files.write(
                file(folder), JSON.writeValueAsBytes(JSON.createObjectNode().put("image", image)));
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    void saveKubeconfig(String text) throws IOException {
        AtomicFile.ownerOnly(kubeconfig()).write(text);
    }

    OwnedObjects objects() {
        return new OwnedObjects(lab, folder.resolve("objects.jsonl"));
    }

    Removal removal() {
        return new Removal(folder.resolve("removal"));
    }

    RemovedTaints taints() {
        return new RemovedTaints(folder.resolve("taints.json"));
    }

    private static Path file(Path folder) {
        return folder.resolve("existing.json");
    }
}
