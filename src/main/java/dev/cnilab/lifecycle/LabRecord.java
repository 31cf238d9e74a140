package dev.cnilab.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of a lab's creation, for later commands: provider and effective spec.
 *
 * @param provider by name
 * @param specText the effective spec: the file with the command line's overrides
 * @param base the directory that the spec's relative paths are resolved against; empty for a
 *     bundled lab
 * @param managesNodes whether the provider created the nodes, as in the spec
 * @param place the selected cluster, if the provider has several; else empty
 */
public record LabRecord(
        String provider, String specText, String base, boolean managesNodes, String place) {

    /** The format version of a lab's state. Labs of 0.1.0 have none. */
    static final int FORMAT = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the directory has a record. */
    public static boolean exists(LabFolder folder) {
        return Files.exists(file(folder)) && Files.exists(folder.spec());
    }

    /** The directory's record; empty if it has none. */
    static Optional<LabRecord> find(LabFolder folder) throws IOException {
        return exists(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    /**
     * The name of the lab's provider, for any format of its state; empty if the directory has no
     * record.
     */
    public static Optional<String> provider(LabFolder folder) throws IOException {
        return exists(folder)
                ? Optional.of(json(folder).path("provider").asText())
                : Optional.empty();
    }

    /**
     * Reads the record.
     *
     * @throws Failure if the directory has none, or one of another format
     */
    public static LabRecord read(LabFolder folder) throws IOException {
        if (!exists(folder)) {
            throw noSuchLab(folder);
        }
        JsonNode json = json(folder);
        int format = json.path("format").asInt(1);
        if (format != FORMAT) {
            throw otherFormat(folder, format);
        }
        return new LabRecord(
                json.path("provider").asText(),
                Files.readString(folder.spec()),
                json.path("base").asText(),
                json.path("managesNodes").asBoolean(),
                json.path("place").asText());
    }

    private static JsonNode json(LabFolder folder) throws IOException {
        return JSON.readTree(Files.readAllBytes(file(folder)));
    }

    static Failure noSuchLab(LabFolder folder) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "no-such-lab",
                "no such lab: " + folder.lab(),
                "its state would be in " + folder.path(),
                "lab list shows the labs that exist; lab up creates one");
    }

    private static Failure otherFormat(LabFolder folder, int format) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "state-format",
                "lab "
                        + folder.lab()
                        + " was created by "
                        + (format < FORMAT ? "an older" : "a newer")
                        + " version of lab",
                "its state in "
                        + folder.path()
                        + " has format "
                        + format
                        + "; this version reads format "
                        + FORMAT,
                "use that version, or recreate the lab: lab down " + folder.lab());
    }

    /**
     * The effective spec.
     *
     * @throws SpecException if this version of lab cannot parse it
     */
    public LabSpec spec(LabFolder folder) throws SpecException {
        LabSpec spec =
                SpecLoader.load(new LabSource(folder.spec().toString(), specText, folder(), true));
        return managesNodes ? spec : spec.withoutNodes();
    }

    /** The differences to another lab of the same name, one line each. */
    List<String> differences(LabRecord other, LabFolder folder) {
        List<String> lines = new ArrayList<>();
        compare(lines, "provider", provider, other.provider);
        compare(lines, "cluster", place, other.place);
        try {
            LabSpec here = spec(folder);
            LabSpec there = other.spec(folder);
            compare(lines, "nodes", here.nodes().size(), there.nodes().size());
            compare(lines, "node image", here.kubernetes().image(), there.kubernetes().image());
            compare(lines, "DNS", here.kubernetes().dns(), there.kubernetes().dns());
        } catch (SpecException e) {
            lines.add("the spec, which this version of lab can't read: " + e.getMessage());
        }
        if (lines.isEmpty()) {
            lines.add("the spec");
        }
        return lines;
    }

    private static void compare(List<String> lines, String what, Object here, Object other) {
        if (!here.equals(other)) {
            lines.add("%s: %s, not %s".formatted(what, shown(here), shown(other)));
        }
    }

    private static Object shown(Object value) {
        return value.equals("") ? "the default" : value;
    }

    /**
     * The directory that the spec's relative paths are resolved against; empty for a bundled lab.
     */
    public Optional<Path> folder() {
        return base.isEmpty() ? Optional.empty() : Optional.of(Path.of(base));
    }

    void write(LabFolder folder) throws IOException {
        Files.writeString(folder.spec(), specText);
        Files.write(
                file(folder),
                JSON.writeValueAsBytes(
                        JSON.createObjectNode()
                                .put("format", FORMAT)
                                .put("provider", provider)
                                .put("base", base)
                                .put("managesNodes", managesNodes)
                                .put("place", place)));
    }

    private static Path file(LabFolder folder) {
        return folder.path().resolve("lab.json");
    }
}
