package dev.cnilab.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done to this machine for one lab, in order, one JSON object a line, on disk before the
 * next thing is done.
 *
 * @param file may not exist yet
 */
public record Journal(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a line says of an action. */
    public enum State {
        BEGUN,
        DONE,
        UNDONE
    }

    /**
     * @param action the action's name
     */
    public record Entry(Instant time, String action, State state) {}

    /** Adds a line and waits until the disk has it. */
    public void add(String action, State state) throws IOException {
        ObjectNode line =
                JSON.createObjectNode()
                        .put("time", Instant.now().toString())
                        .put("action", action)
                        .put("state", state.name());
        ByteBuffer bytes =
                ByteBuffer.wrap((separator() + line + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    /** All whole lines; one that a crash cut off is left out. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            // Decoded leniently: a crash may cut a character, too.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                try {
                    JsonNode node = JSON.readTree(line);
                    entries.add(
                            new Entry(
                                    Instant.parse(node.path("time").asText()),
                                    node.path("action").asText(),
                                    State.valueOf(node.path("state").asText())));
                } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
                    // What was cut off was not done: it is written before.
                }
            }
        }
        return entries;
    }

    /** The newest line of each action that was not undone since, oldest first. */
    public List<Entry> standing() throws IOException {
        Map<String, Entry> newest = new LinkedHashMap<>();
        for (Entry entry : entries()) {
            newest.remove(entry.action());
            if (entry.state() != State.UNDONE) {
                newest.put(entry.action(), entry);
            }
        }
        return List.copyOf(newest.values());
    }

    /** After a crash the last line may have no end; what comes next must not grow on to it. */
    private String separator() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n' ? "" : "\n";
        }
    }
}
