package dev.cnilab.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of CNI ADD that a node's container runtime keeps, one file per attachment: libcni's
 * cache (libcni/api.go, cachedInfo), which containerd and CRI-O use.
 *
 * @param directory usually {@link #DIRECTORY}
 */
record CniCache(Path directory) {

    static final Path DIRECTORY = Path.of("/var/lib/cni/results");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns a pod's network namespace. Entries may remain of an earlier pod of the same name: the
     * latest whose namespace exists is the pod's.
     *
     * @throws IOException when there is none
     */
    NetNamespace of(String namespace, String pod) throws IOException {
        try (Stream<Path> files =
                Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            return files.sorted(Comparator.comparingLong(CniCache::written).reversed())
                    .flatMap(file -> read(file).stream())
                    .filter(entry -> argument(entry, "K8S_POD_NAMESPACE").equals(namespace))
                    .filter(entry -> argument(entry, "K8S_POD_NAME").equals(pod))
                    .flatMap(CniCache::sandboxes)
                    .map(path -> NetNamespace.seenByMachine(Path.of(path)))
                    .filter(NetNamespace::exists)
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException(
                                    "%s has no network namespace of pod %s/%s"
                                            .formatted(directory, namespace, pod)));
        }
    }

    private static String argument(JsonNode entry, String name) {
        return entry.path("cniArgs")
                .valueStream()
                .filter(argument -> argument.path(0).asText().equals(name))
                .map(argument -> argument.path(1).asText())
                .findFirst()
                .orElse("");
    }

    /** The runtime's path, kept since libcni 1.3; else those in the plugin's result. */
    private static Stream<String> sandboxes(JsonNode entry) {
        return Stream.concat(
                        Stream.of(entry.path("netns").asText()),
                        entry.path("result")
                                .path("interfaces")
                                .valueStream()
                                .map(link -> link.path("sandbox").asText()))
                .filter(path -> path.startsWith("/"));
    }

    private static long written(Path file) {
        return file.toFile().lastModified();
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            // Removed meanwhile, or half written: not a running pod's.
            return Optional.empty();
        }
    }
}
