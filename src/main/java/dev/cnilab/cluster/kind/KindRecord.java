package dev.cnilab.cluster.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a lab's folder remembers of its kind cluster, written before anything is made.
 *
 * @param dockerHost the engine, as DOCKER_HOST has it; empty while nothing is remembered
 * @param network the Docker network that the lab uses
 * @param cluster whether the kind cluster of the lab's name is the lab's
 */
record KindRecord(String dockerHost, String network, boolean cluster) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static KindRecord read(Path folder) throws IOException {
        if (!Files.exists(file(folder))) {
            return new KindRecord("", "", false);
        }
        JsonNode json = JSON.readTree(Files.readAllBytes(file(folder)));
        return new KindRecord(
                json.path("dockerHost").asText(),
                json.path("network").asText(),
                json.path("cluster").asBoolean());
    }

    KindRecord withCluster(boolean made) {
        return new KindRecord(dockerHost, network, made);
    }

    void write(Path folder) throws IOException {
        Files.write(
                file(folder),
                JSON.writeValueAsBytes(
                        JSON.createObjectNode()
                                .put("dockerHost", dockerHost)
                                .put("network", network)
                                .put("cluster", cluster)));
    }

    private static Path file(Path folder) {
        return folder.resolve("kind.json");
    }
}
