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
 * The log of a lab's actions, one JSON object per line, synced to disk before each action starts.
 *
 * @param file created if absent
 */
public record Journal(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The state of an action. */
    public enum State {
        BEGUN,
        DONE,
        UNDONE
    }

    /**
     * @param action the action's name
     */
    public record Entry(Instant time, String action, State state) {}

    /** Appends a line and syncs it to disk. */
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

    /** All complete lines; one truncated by a crash is ignored. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            // Decoded leniently: a crash may truncate a character, too.
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
                    // Truncated: its action had not started.
                }
            }
        }
        return entries;
    }

    /** The latest entry of each action that was not rolled back, oldest first. */
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

    /** A line feed if a crash truncated the last line, so that the next entry begins a new one. */
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
