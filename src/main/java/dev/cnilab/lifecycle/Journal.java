package dev.cnilab.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.StateFormat;
import dev.cnilab.base.StateLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The log of a lab's actions, one JSON object per line, synced to disk before each action starts.
 */
public record Journal(StateLog log) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The journal of a lab.
     *
     * @param lab its state directory
     */
    public static Journal in(Path lab) {
        return new Journal(
                new StateLog(
                        lab.resolve("journal.jsonl"),
                        StateFormat.ofLab(1, 1, String.valueOf(lab.getFileName()))));
    }

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
        log.add(line.toString());
    }

    /** All complete lines; one truncated by a crash is ignored. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : log.lines()) {
            try {
                JsonNode node = JSON.readTree(line);
                entries.add(
                        new Entry(
                                Instant.parse(node.path("time").asText()),
                                node.path("action").asText(),
                                State.valueOf(node.path("state").asText())));
            } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
                // Lab 0.1.0 kept a line that a crash had truncated: its action had not started.
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
}
