package dev.cnilab.walk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a walkthrough that are not rolled back yet. Written to disk before a change, so
 * that the next walkthrough can roll it back if this one is killed.
 *
 * @param file in the lab's directory; absent if nothing is recorded
 */
public record UndoJournal(StateFile file) {

    /** Version 1 was a list, which has no place for its version. */
    private static final int VERSION = 2;

    private static final String ENTRIES = "entries";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The changes of a page or fault.
     *
     * @param id {@code CHAPTER/PAGE} or the fault's
     * @param undo steps in order
     */
    public record Entry(String id, List<Step> undo) {

        public Entry {
            undo = List.copyOf(undo);
        }
    }

    /**
     * A step of a rollback, with variables filled in.
     *
     * @param run a command's words; empty if objects are restored
     * @param restore the objects' values, see {@link Commands#before}; empty if a command is run
     */
    public record Step(List<String> run, String restore) {

        public Step {
            run = List.copyOf(run);
        }
    }

    public static UndoJournal in(Path labFolder) {
        return new UndoJournal(
                new StateFile(
                        labFolder.resolve("walk-undo.json"),
                        StateFormat.ofLab(
                                VERSION, VERSION, String.valueOf(labFolder.getFileName()))));
    }

    /** All entries, oldest first. */
    public List<Entry> entries() throws IOException {
        return file.read()
                .map(json ->
                        JSON.convertValue(json.path(ENTRIES), new TypeReference<List<Entry>>() {}))
                .orElse(List.of());
    }

    /** Adds an entry; replaces one with the same id. */
    void add(Entry entry) throws IOException {
        List<Entry> entries = new ArrayList<>(without(entry.id()));
        entries.add(entry);
        write(entries);
    }

    /** Removes an entry after its rollback. */
    void remove(String id) throws IOException {
        List<Entry> rest = without(id);
        if (rest.isEmpty()) {
            file.delete();
        } else {
            write(rest);
        }
    }

    private List<Entry> without(String id) throws IOException {
        return entries().stream().filter(entry -> !entry.id().equals(id)).toList();
    }

    private void write(List<Entry> entries) throws IOException {
        ObjectNode content = JSON.createObjectNode();
        content.set(ENTRIES, JSON.valueToTree(entries));
        file.write(content);
    }
}
