package dev.cnilab.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import dev.cnilab.host.LockFile;
import dev.cnilab.host.RunDirectory;
import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records the machine's sysctls that labs have raised, their original values, and the labs that
 * need them. A value is only raised, never lowered; it is restored when the last of those labs is
 * deleted, unless another program has changed it since. Labs are identified by their state
 * directory, since sysctls are shared by the labs of all users.
 *
 * @param file JSON: {@code {"sysctls": {key: {"before": n, "raisedTo": n, "labs": {folder:
 *     minimum}}}}}
 */
public record SysctlLedger(StateFile file) {

    private static final String SYSCTLS = "sysctls";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The ledger of this machine. */
    public static SysctlLedger ofMachine() {
        return in(RunDirectory.PATH.resolve("sysctls.json"));
    }

    static SysctlLedger in(Path file) {
        return new SysctlLedger(
                new StateFile(
                        file,
                        new StateFormat(
                                1,
                                2,
                                Remedy.advise(
                                        "use that version; or let the raised values be until the machine"
                                                + " is restarted: rm "
                                                + file))));
    }

    /**
     * Whether every value is at least the minimum, as far as this user may raise it, and is
     * recorded for the lab.
     */
    public boolean satisfied(LabFolder lab, Map<String, Long> minimums) throws IOException {
        ObjectNode ledger = read();
        for (Map.Entry<String, Long> each : minimums.entrySet()) {
            JsonNode entry = ledger.path(each.getKey());
            boolean unnoted = !entry.isMissingNode() && !entry.path("labs").has(key(lab));
            Sysctl sysctl = new Sysctl(each.getKey());
            if (unnoted || sysctl.isWritable() && current(sysctl) < each.getValue()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Records the minimums for the lab, and raises lower values. Values outside of a user namespace
     * cannot be raised by its root; they are left unchanged, and lab doctor reports them.
     *
     * @return the changes, as {@code key: before -> after}
     */
    public List<String> raise(LabFolder lab, Map<String, Long> minimums) throws IOException {
        if (minimums.keySet().stream().noneMatch(key -> new Sysctl(key).isWritable())) {
            return List.of();
        }
        try (LockFile _ = lock()) {
            return raiseAlone(lab, minimums);
        }
    }

    private List<String> raiseAlone(LabFolder lab, Map<String, Long> minimums) throws IOException {
        List<String> changed = new ArrayList<>();
        ObjectNode ledger = read();
        for (Map.Entry<String, Long> each : minimums.entrySet()) {
            Sysctl sysctl = new Sysctl(each.getKey());
            long before = current(sysctl);
            boolean lower = before < each.getValue() && sysctl.isWritable();
            if (!lower && !ledger.has(sysctl.key())) {
                continue;
            }
            ObjectNode entry = ledger.withObjectProperty(sysctl.key());
            if (!entry.has("before")) {
                entry.put("before", before);
            }
            entry.withObjectProperty("labs").put(key(lab), each.getValue());
            if (lower) {
                entry.put("raisedTo", each.getValue());
            }
            // On disk first: a crash in between leaves an unused entry, never an unrecorded change.
            write(ledger);
            if (lower) {
                sysctl.write(Long.toString(each.getValue()));
                changed.add(sysctl + ": " + before + " -> " + each.getValue());
            }
        }
        return changed;
    }

    /**
     * Removes the lab's minimums, and restores values that no lab needs any more.
     *
     * @return the changes, as {@code key: before -> after}
     */
    public List<String> release(LabFolder lab) throws IOException {
        if (Files.notExists(file.path())) {
            return List.of();
        }
        try (LockFile _ = lock()) {
            return releaseAlone(lab);
        } finally {
            RunDirectory.prune();
        }
    }

    private List<String> releaseAlone(LabFolder lab) throws IOException {
        List<String> changed = new ArrayList<>();
        ObjectNode ledger = read();
        List<String> unwanted = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : ledger.properties()) {
            ObjectNode labs = (ObjectNode) each.getValue().path("labs");
            labs.remove(key(lab));
            if (labs.isEmpty()) {
                Sysctl sysctl = new Sysctl(each.getKey());
                long now = current(sysctl);
                long before = each.getValue().path("before").asLong();
                if (now == each.getValue().path("raisedTo").asLong() && now != before) {
                    sysctl.write(Long.toString(before));
                    changed.add(sysctl + ": " + now + " -> " + before);
                }
                unwanted.add(each.getKey());
            }
        }
        unwanted.forEach(ledger::remove);
        write(ledger);
        return changed;
    }

    /**
     * Imports the ledger that lab 0.1.0 kept per state home.
     *
     * @param noted its file, deleted afterwards; may not exist
     */
    void adopt(Path noted, StateHome home) throws IOException {
        if (Files.notExists(noted)) {
            return;
        }
        try (LockFile _ = lock()) {
            ObjectNode ledger = read();
            JsonNode entries = JSON.readTree(Files.readAllBytes(noted));
            for (Map.Entry<String, JsonNode> each : entries.properties()) {
                ObjectNode entry = ledger.withObjectProperty(each.getKey());
                for (String value : List.of("before", "raisedTo")) {
                    if (each.getValue().has(value) && !entry.has(value)) {
                        entry.set(value, each.getValue().path(value));
                    }
                }
                ObjectNode labs = entry.withObjectProperty("labs");
                for (Map.Entry<String, JsonNode> lab : each.getValue().path("labs").properties()) {
                    labs.set(key(home.lab(lab.getKey())), lab.getValue());
                }
            }
            write(ledger);
            Files.delete(noted);
        }
    }

    private static String key(LabFolder lab) {
        return lab.path().toString();
    }

    /** Locks the ledger, since several commands may run at once. */
    private LockFile lock() throws IOException {
        return LockFile.hold(file.path().resolveSibling(file.path().getFileName() + ".lock"));
    }

    private ObjectNode read() throws IOException {
        Optional<JsonNode> json = file.read();
        return json.isEmpty()
                ? JSON.createObjectNode()
                : (ObjectNode)
                        (StateFormat.of(json.get()) == 1 ? json.get() : json.get().path(SYSCTLS));
    }

    private void write(ObjectNode ledger) throws IOException {
        if (ledger.isEmpty()) {
            file.delete();
            return;
        }
        ObjectNode content = JSON.createObjectNode();
        content.set(SYSCTLS, ledger);
        file.write(content);
    }

    private static long current(Sysctl sysctl) throws IOException {
        String value = sysctl.read();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IOException(sysctl + " is not a number: '" + value + "'", e);
        }
    }
}
