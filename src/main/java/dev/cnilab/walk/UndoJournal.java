package dev.cnilab.walk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a walkthrough that are not rolled back yet. Written to disk before a change, so
 * that the next walkthrough can roll it back if this one is killed.
 *
 * @param file in the lab's directory; absent if nothing is recorded
 */
public record UndoJournal(Path file) {

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
        return new UndoJournal(labFolder.resolve("walk-undo.json"));
    }

    /** All entries, oldest first. */
    public List<Entry> entries() throws IOException {
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), new TypeReference<List<Entry>>() {})
                : List.of();
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
            Files.deleteIfExists(file);
        } else {
            write(rest);
        }
    }

    private List<Entry> without(String id) throws IOException {
        return entries().stream().filter(entry -> !entry.id().equals(id)).toList();
    }

    private void write(List<Entry> entries) throws IOException {
        AtomicFile.ownerOnly(file).write(JSON.writeValueAsBytes(entries));
    }
}
