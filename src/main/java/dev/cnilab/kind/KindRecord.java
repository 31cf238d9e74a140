package dev.cnilab.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The record of a lab's kind cluster in the lab's directory, written before anything is created.
 *
 * @param dockerHost the engine, as in DOCKER_HOST; empty without a record
 * @param network the Docker network that the lab uses
 * @param cluster whether the creation of the cluster was started
 * @param marked whether the nodes have the lab's mark; those of lab 0.1.0 do not
 */
record KindRecord(String dockerHost, String network, boolean cluster, boolean marked) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static KindRecord read(Path folder) throws IOException {
        if (!Files.exists(file(folder))) {
            return new KindRecord("", "", false, true);
        }
        JsonNode json = JSON.readTree(Files.readAllBytes(file(folder)));
        return new KindRecord(
                json.path("dockerHost").asText(),
                json.path("network").asText(),
                json.path("cluster").asBoolean(),
                json.path("marked").asBoolean());
    }

    void write(Path folder) throws IOException {
        Files.write(
                file(folder),
                JSON.writeValueAsBytes(
                        JSON.createObjectNode()
                                .put("dockerHost", dockerHost)
                                .put("network", network)
                                .put("cluster", cluster)
                                .put("marked", marked)));
    }

    private static Path file(Path folder) {
        return folder.resolve("kind.json");
    }
}
