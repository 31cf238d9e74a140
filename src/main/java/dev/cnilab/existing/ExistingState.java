package dev.cnilab.existing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a lab keeps about the cluster that it is in.
 *
 * @param image of agent and demo, as the cluster knows it
 */
record ExistingState(String lab, Path folder, String image) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As it was last written; without an image when it never was. */
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

    /** Nobody else's: createTempFile gives mode 0600. */
    void saveKubeconfig(String text) throws IOException {
        Path draft = Files.createTempFile(folder, ".", "");
        Files.writeString(draft, text);
        Files.move(draft, kubeconfig(), StandardCopyOption.ATOMIC_MOVE);
    }

    MadeObjects objects() {
        return new MadeObjects(lab, folder.resolve("objects.jsonl"));
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
