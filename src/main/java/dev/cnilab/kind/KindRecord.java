package dev.cnilab.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The record of a lab's kind cluster in the lab's directory, written before anything is created.
 *
 * @param dockerHost the engine, as in DOCKER_HOST; empty without a record
 * @param network the Docker network that the lab uses
 * @param cluster whether the creation of the cluster was started
 * @param nodes the nodes' names, in the order of the lab's file; those of lab 0.1.0 are not known
 * @param marked whether the nodes have the lab's mark; those of lab 0.1.0 do not
 */
record KindRecord(
        String dockerHost, String network, boolean cluster, List<String> nodes, boolean marked) {

    KindRecord {
        nodes = List.copyOf(nodes);
    }

    static KindRecord read(Path folder) throws IOException {
        return file(folder)
                .read()
                .map(json ->
                        new KindRecord(
                                json.path("dockerHost").asText(),
                                json.path("network").asText(),
                                json.path("cluster").asBoolean(),
                                json.path("nodes").valueStream().map(JsonNode::asText).toList(),
                                json.path("marked").asBoolean()))
                .orElse(new KindRecord("", "", false, List.of(), true));
    }

    void write(Path folder) throws IOException {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("dockerHost", dockerHost)
                        .put("network", network)
                        .put("cluster", cluster)
                        .put("marked", marked);
        nodes.forEach(json.putArray("nodes")::add);
        file(folder).write(json);
    }

    private static StateFile file(Path folder) {
        Path file = folder.resolve("kind.json");
        return new StateFile(
                file,
                new StateFormat(
                        1,
                        1,
                        Remedy.advise(
                                "use that version; or delete what bears the lab's mark in the engine of"
                                        + " DOCKER_HOST: rm %s && lab down %s"
                                                .formatted(file, folder.getFileName()))));
    }
}
