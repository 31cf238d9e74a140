package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stores the result of ADD for each attachment in a file, with the path of libcni's cache: {@code
 * /var/lib/cni/results/NETWORK-CONTAINER-IFNAME}.
 */
final class CniResults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    CniResults(Path directory) {
        this.directory = directory;
    }

    void save(CniNetwork network, Attachment attachment, JsonNode result) throws CniException {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("kind", "cniCacheV1")
                .put("containerId", attachment.containerId())
                .put("networkName", network.name())
                .put("ifName", attachment.ifname());
        attachment.netns().ifPresent(path -> entry.put("netns", path));
        attachment
                .args()
                .forEach((key, value) -> entry.withArray("cniArgs").addArray().add(key).add(value));
        entry.set("capabilityArgs", attachment.capabilities());
        entry.set("result", result);
        Path file = file(network, attachment);
        try {
            Files.createDirectories(directory);
            AtomicFile.ownerOnly(file).write(JSON.writeValueAsBytes(entry));
        } catch (IOException e) {
            throw new CniException("cannot store the result of ADD: " + e, e);
        }
    }

    /** Returns the stored result; empty when ADD never succeeded, or after DEL. */
    Optional<JsonNode> load(CniNetwork network, Attachment attachment) {
        return read(file(network, attachment)).map(entry -> entry.path("result"));
    }

    void delete(CniNetwork network, Attachment attachment) throws CniException {
        try {
            Files.deleteIfExists(file(network, attachment));
        } catch (IOException e) {
            throw new CniException("cannot delete the result of ADD: " + e, e);
        }
    }

    /**
     * Lists attachments of the network that were added and never deleted, whose sandboxes are gone.
     */
    List<Attachment> allBut(CniNetwork network, Collection<Attachment> valid) throws CniException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> keep = valid.stream().map(attachment -> file(network, attachment)).toList();
        try (Stream<Path> files = Files.list(directory)) {
            List<Attachment> stale = new ArrayList<>();
            files.filter(file -> !keep.contains(file))
                    .flatMap(file -> read(file).stream())
                    .filter(entry -> entry.path("networkName").asText().equals(network.name()))
                    .forEach(entry -> stale.add(attachment(entry)));
            return stale;
        } catch (IOException e) {
            throw new CniException("cannot read " + directory + ": " + e, e);
        }
    }

    private static Attachment attachment(JsonNode entry) {
        Map<String, String> args =
                entry.path("cniArgs")
                        .valueStream()
                        .collect(
                                Collectors.toMap(
                                        arg -> arg.path(0).asText(), arg -> arg.path(1).asText()));
        return new Attachment(
                entry.path("containerId").asText(),
                Optional.empty(),
                entry.path("ifName").asText(),
                args,
                entry.path("capabilityArgs").deepCopy());
    }

    private Path file(CniNetwork network, Attachment attachment) {
        return directory.resolve(
                network.name() + "-" + attachment.containerId() + "-" + attachment.ifname());
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty(); // missing, or truncated by a crash: DEL works without it
        }
    }
}
