package dev.cnilab.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An image as written by {@code docker save} (Docker Image Specification v1.2): a tar archive of
 * manifest.json, the configuration, and a tar archive for each layer.
 */
final class DockerArchive {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATED = Instant.ofEpochSecond(TarArchive.MODIFIED).toString();

    private record Layer(String purpose, String digest, Path file) {}

    private final Path directory;
    private final List<Layer> layers = new ArrayList<>();

    /**
     * Creates an image without layers.
     *
     * @param directory stores the layers until the image is written
     */
    DockerArchive(Path directory) {
        this.directory = directory;
    }

    /** Adds a layer on top of the others. */
    void add(String purpose, TarArchive content) throws IOException {
        Path file = directory.resolve("layer-" + layers.size() + ".tar");
        MessageDigest digest = sha256();
        try (OutputStream out =
                new DigestOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), digest)) {
            content.writeTo(out);
        }
        layers.add(new Layer(purpose, hex(digest.digest()), file));
    }

    /**
     * Writes the archive.
     *
     * @param settings defaults of the image's containers: the "config" of the configuration
     * @return the digest of the configuration, in hexadecimal digits
     */
    String write(Architecture architecture, ObjectNode settings, String reference, Path archive)
            throws IOException {
        byte[] configuration = JSON.writeValueAsBytes(configuration(architecture, settings));
        String id = hex(sha256().digest(configuration));
        ObjectNode image = JSON.createObjectNode().put("Config", id + ".json");
        image.putArray("RepoTags").add(reference);
        ArrayNode names = image.putArray("Layers");
        TarArchive files =
                new TarArchive()
                        .text(
                                id + ".json",
                                new String(configuration, StandardCharsets.UTF_8),
                                0644);
        for (Layer layer : layers) {
            names.add(layer.digest() + ".tar");
            files.copy(layer.digest() + ".tar", layer.file());
        }
        files.text("manifest.json", JSON.createArrayNode().add(image).toString(), 0644);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16)) {
            files.writeTo(out);
        }
        return id;
    }

    private ObjectNode configuration(Architecture architecture, ObjectNode settings) {
        ObjectNode configuration =
                JSON.createObjectNode()
                        .put("architecture", architecture.ociName())
                        .put("os", "linux")
                        .put("created", CREATED);
        configuration.set("config", settings);
        ArrayNode diffIds =
                configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode history = configuration.putArray("history");
        for (Layer layer : layers) {
            diffIds.add("sha256:" + layer.digest());
            history.addObject().put("created", CREATED).put("created_by", layer.purpose());
        }
        return configuration;
    }

    /** Builds the "config" of a configuration. */
    static ObjectNode settings(
            List<String> entrypoint, Map<String, String> environment, Map<String, String> labels) {
        ObjectNode settings = JSON.createObjectNode();
        ArrayNode command = settings.putArray("Entrypoint");
        entrypoint.forEach(command::add);
        ArrayNode variables = settings.putArray("Env");
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        settings.put("WorkingDir", "/");
        ObjectNode all = settings.putObject("Labels");
        labels.forEach(all::put);
        return settings;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
