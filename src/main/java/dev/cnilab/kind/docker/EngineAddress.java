package dev.cnilab.kind.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The address of the Docker engine, selected as by the docker CLI: DOCKER_HOST, else the context of
 * DOCKER_CONTEXT or of the CLI's configuration, else the default socket, else that of rootless
 * Docker.
 *
 * @param host as in DOCKER_HOST, {@code unix:///var/run/docker.sock}
 * @param origin of the address: "DOCKER_HOST", "the context rootless", "the default"
 */
public record EngineAddress(String host, String origin) {

    private static final String UNIX = "unix://";
    private static final Path USUAL = Path.of("/var/run/docker.sock");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws Failure if the selected context does not exist
     */
    public static EngineAddress find(Map<String, String> environment) throws IOException {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return new EngineAddress(host, "DOCKER_HOST");
        }
        Path configuration = configuration(environment);
        String context = context(environment, configuration);
        if (!context.isEmpty() && !context.equals("default")) {
            return ofContext(context, configuration);
        }
        Path rootless = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/"), "docker.sock");
        return Files.notExists(USUAL) && Files.exists(rootless)
                ? new EngineAddress(UNIX + rootless, "rootless Docker's default")
                : new EngineAddress(UNIX + USUAL, "the default");
    }

    /** Whether it is a Unix socket. */
    public boolean isLocal() {
        return host.startsWith(UNIX);
    }

    /** The path of a Unix socket. */
    public Path socket() {
        return Path.of(host.substring(UNIX.length()));
    }

    private static Path configuration(Map<String, String> environment) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return directory.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "/root"), ".docker")
                : Path.of(directory);
    }

    private static String context(Map<String, String> environment, Path configuration)
            throws IOException {
        String chosen = environment.getOrDefault("DOCKER_CONTEXT", "");
        return chosen.isEmpty()
                ? read(configuration.resolve("config.json")).path("currentContext").asText()
                : chosen;
    }

    /**
     * Reads a context of the CLI from its directory, named by the SHA-256 of the context's name.
     */
    private static EngineAddress ofContext(String name, Path configuration) throws IOException {
        Path meta =
                configuration.resolve("contexts/meta").resolve(sha256(name)).resolve("meta.json");
        String host = read(meta).path("Endpoints").path("docker").path("Host").asText();
        if (host.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "docker-context",
                    "no such Docker context: " + name,
                    meta + " has no host",
                    "docker context ls lists the contexts, docker context use NAME selects one");
        }
        return new EngineAddress(host, "the context " + name);
    }

    private static JsonNode read(Path file) throws IOException {
        return Files.isReadable(file)
                ? JSON.readTree(Files.readAllBytes(file))
                : MissingNode.getInstance();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
