package dev.cnilab.kube.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.Contents;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Restores a store's contents from a snapshot and the logs after it. */
final class Recovery {
    private final Map<ResourceType, Map<String, ObjectNode>> objects =
            new EnumMap<>(ResourceType.class);
    private long revision = Contents.EMPTY.revision();

    private Recovery() {}

    /**
     * @param logs oldest first
     * @throws IOException when a file cannot be read, or is damaged before its last line
     */
    static Contents read(Path snapshot, List<Path> logs) throws IOException {
        Recovery recovery = new Recovery();
        if (Files.exists(snapshot)) {
            recovery.replay(snapshot);
        }
        for (Path log : logs) {
            recovery.replay(log);
        }
        Map<ResourceType, List<ObjectNode>> all = new EnumMap<>(ResourceType.class);
        recovery.objects.forEach((type, byName) -> all.put(type, List.copyOf(byName.values())));
        return new Contents(recovery.revision, all);
    }

    /**
     * Applies a file's changes. Only the last line may be incomplete: the process was killed while
     * it wrote.
     */
    private void replay(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            int number = 1;
            Optional<byte[]> line = line(in);
            while (line.isPresent()) {
                Optional<JsonNode> content = LogRecord.unseal(line.get());
                line = line(in);
                if (content.isPresent()) {
                    apply(content.get(), file);
                } else if (line.isPresent()) {
                    throw new IOException(
                            "%s is damaged in line %d: lab down, then lab up creates the cluster again"
                                    .formatted(file, number));
                }
                number++;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not of this version of the program", e);
        }
    }

    private void apply(JsonNode content, Path file) throws IOException {
        if (!content.has("object")) {
            revision = Math.max(revision, LogRecord.revision(content, file));
            return;
        }
        LogRecord line = LogRecord.of(content);
        String key = ObjectMeta.namespace(line.object()) + "/" + ObjectMeta.name(line.object());
        Map<String, ObjectNode> ofType =
                objects.computeIfAbsent(line.type(), type -> new TreeMap<>());
        if (line.deleted()) {
            ofType.remove(key);
        } else {
            ofType.put(key, line.object());
        }
        revision = Math.max(revision, line.revision());
    }

    private static Optional<byte[]> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return Optional.of(line.toByteArray());
    }
}
