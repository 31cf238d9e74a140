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
 * What a walk changed in the lab and has not taken back yet. It is on disk before anything is
 * changed, so that the next walk can take it back when this one is killed.
 *
 * @param file in the lab's folder; not there when there is nothing to take back
 */
public record UndoJournal(Path file) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One page or fault.
     *
     * @param id {@code CHAPTER/PAGE} or the fault's
     * @param undo in the order in which it is done
     */
    public record Entry(String id, List<Step> undo) {

        public Entry {
            undo = List.copyOf(undo);
        }
    }

    /**
     * One thing to do, all variables filled.
     *
     * @param run a command's words; empty when objects are restored
     * @param restore how they were, see {@link Commands#before}; empty when a command is run
     */
    public record Step(List<String> run, String restore) {

        public Step {
            run = List.copyOf(run);
        }
    }

    public static UndoJournal in(Path labFolder) {
        return new UndoJournal(labFolder.resolve("walk-undo.json"));
    }

    /** In the order in which they came. */
    public List<Entry> entries() throws IOException {
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), new TypeReference<List<Entry>>() {})
                : List.of();
    }

    /** Notes an entry, in place of an older one of the same id. */
    void add(Entry entry) throws IOException {
        List<Entry> entries = new ArrayList<>(without(entry.id()));
        entries.add(entry);
        write(entries);
    }

    /** Forgets an entry: it is undone. */
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
