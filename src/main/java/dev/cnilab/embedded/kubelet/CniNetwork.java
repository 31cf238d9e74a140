package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network configuration list (CNI specification, section 1).
 *
 * @param version the newest of {@code cniVersion} and {@code cniVersions} that this runtime
 *     supports
 * @param plugins called in this order by ADD, in reverse by DEL
 */
record CniNetwork(String name, String version, boolean disableGc, List<ObjectNode> plugins) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Oldest first. */
    private static final List<String> SUPPORTED =
            List.of("0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0");

    CniNetwork {
        plugins = List.copyOf(plugins);
    }

    /**
     * Loads the directory's first configuration by file name, as every runtime does; empty when
     * there is none.
     */
    static Optional<CniNetwork> first(Path directory) throws CniException {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> first =
                    files.filter(file ->
                                    file.getFileName()
                                            .toString()
                                            .matches(".*\\.(conflist|conf|json)"))
                            .sorted()
                            .findFirst();
            return first.isEmpty() ? Optional.empty() : Optional.of(parse(first.get()));
        } catch (CniException e) {
            throw e;
        } catch (IOException e) {
            throw new CniException("cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    private static CniNetwork parse(Path file) throws IOException {
        if (!(read(file) instanceof ObjectNode config)) {
            throw new CniException(file + " is not a JSON object");
        }
        List<ObjectNode> plugins = new ArrayList<>();
        if (config.has("plugins")) {
            config.path("plugins")
                    .forEach(plugin -> plugins.add(plugin.<ObjectNode>require().deepCopy()));
        } else {
            plugins.add(config);
        }
        String name = config.path("name").asText();
        if (name.isEmpty() || plugins.isEmpty()) {
            throw new CniException(file + " has no network name or no plugins");
        }
        return new CniNetwork(name, version(config), config.path("disableGC").asBoolean(), plugins);
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CniException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String version(JsonNode config) throws CniException {
        List<String> offered = new ArrayList<>();
        offered.add(config.path("cniVersion").asText("0.3.1"));
        config.path("cniVersions").forEach(version -> offered.add(version.asText()));
        return SUPPORTED.reversed().stream()
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() ->
                        new CniException("CNI version " + offered + " is not one of " + SUPPORTED));
    }

    /** Checks whether the version has a feature that was introduced in {@code since}. */
    boolean isAtLeast(String since) {
        return SUPPORTED.indexOf(version) >= SUPPORTED.indexOf(since);
    }
}
