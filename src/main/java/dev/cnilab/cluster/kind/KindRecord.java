package dev.cnilab.cluster.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a lab's folder remembers of its kind cluster, written before anything is made.
 *
 * @param network the Docker network that it uses
 * @param cluster whether the cluster of the lab's name is the lab's
 */
record KindRecord(String network, boolean cluster) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** With an empty network where nothing is remembered. */
    static KindRecord read(Path folder) throws IOException {
        if (!Files.exists(file(folder))) {
            return new KindRecord("", false);
        }
        JsonNode json = JSON.readTree(Files.readAllBytes(file(folder)));
        return new KindRecord(json.path("network").asText(), json.path("cluster").asBoolean());
    }

    void write(Path folder) throws IOException {
        Files.write(
                file(folder),
                JSON.writeValueAsBytes(
                        JSON.createObjectNode().put("network", network).put("cluster", cluster)));
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }

    private static Path file(Path folder) {
        return folder.resolve("kind.json");
    }
}
