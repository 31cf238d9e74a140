package dev.cnilab.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The record of a lab's creation, for later commands: provider and effective spec.
 *
 * @param provider by name
 * @param specText the effective spec: the file with the command line's overrides
 * @param base the directory that the spec's relative paths are resolved against; empty for a
 *     bundled lab
 * @param managesNodes whether the provider created the nodes, as in the spec
 * @param place the selected cluster, if the provider has several; else empty
 * @param source the words of {@code lab up} that led to the spec: the lab and its overrides; not
 *     part of what makes two labs differ
 */
public record LabRecord(
        String provider,
        String specText,
        String base,
        boolean managesNodes,
        String place,
        List<String> source) {

    public LabRecord {
        source = List.copyOf(source);
    }

    /** What to do about a lab that does not exist. */
    public static final Remedy LIST = Remedy.advise("lab list shows the labs that exist");

    /** Version 1 named the options of {@code up}, not the effective spec. */
    private static final int VERSION = 2;

    /** Whether the directory has a record. */
    public static boolean exists(LabFolder folder) {
        return Files.exists(file(folder).path()) && Files.exists(folder.spec());
    }

    /** The directory's record; empty if it has none. */
    static Optional<LabRecord> find(LabFolder folder) throws IOException {
        return exists(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    /**
     * The name of the lab's provider, for any format of its state; empty if the directory has no
     * record, or one that does not say it.
     */
    public static Optional<String> provider(LabFolder folder) throws IOException {
        return exists(folder)
                ? file(folder)
                        .readAnyVersion()
                        .map(json -> json.path("provider").asText())
                        .filter(name -> !name.isEmpty())
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
        JsonNode json = file(folder).read().orElseThrow(() -> noSuchLab(folder));
        return new LabRecord(
                json.path("provider").asText(),
                Files.readString(folder.spec()),
                json.path("base").asText(),
                json.path("managesNodes").asBoolean(),
                json.path("place").asText(),
                json.path("source").valueStream().map(JsonNode::asText).toList());
    }

    /** The command that repairs the lab, or creates it again, as it can be typed anywhere. */
    String up() {
        return "lab up " + ShellWords.join(source);
    }

    /** Repairs the lab, or creates it again. */
    public Remedy repair() {
        return Remedy.type(up());
    }

    /**
     * Whether both describe the same cluster, however it was typed; a record that this version of
     * lab cannot parse describes another one.
     */
    public boolean isSameCluster(LabRecord other, LabFolder folder) {
        try {
            return provider.equals(other.provider)
                    && managesNodes == other.managesNodes
                    && place.equals(other.place)
                    && spec(folder).isSameCluster(other.spec(folder));
        } catch (SpecException e) {
            return false;
        }
    }

    /** The record of the same lab with a file's text in place of its own. */
    public LabRecord with(LabSource file) {
        return new LabRecord(
                provider,
                file.text(),
                file.folder().map(Path::toString).orElse(""),
                managesNodes,
                place,
                source);
    }

    static Failure noSuchLab(LabFolder folder) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "no-such-lab",
                "no such lab: " + folder.lab(),
                "its state would be in " + folder.path(),
                LIST);
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
    public List<String> differences(LabRecord other, LabFolder folder) {
        List<String> lines = new ArrayList<>();
        compare(lines, "provider", provider, other.provider);
        compare(lines, "cluster", place, other.place);
        try {
            LabSpec here = spec(folder);
            LabSpec there = other.spec(folder);
            compare(lines, "nodes", here.nodes().size(), there.nodes().size());
            compare(lines, "node image", here.kubernetes().image(), there.kubernetes().image());
            compare(lines, "DNS", here.kubernetes().dns(), there.kubernetes().dns());
            if (lines.isEmpty()) {
                lines.add("the spec: " + String.join(", ", differingKeys(here, there)));
            }
        } catch (SpecException e) {
            lines.add("the spec, which this version of lab can't read: " + e.getMessage());
        }
        return lines;
    }

    private static List<String> differingKeys(LabSpec here, LabSpec there) {
        Map<String, Function<LabSpec, Object>> keys = new LinkedHashMap<>();
        keys.put("host", LabSpec::host);
        keys.put("network", LabSpec::network);
        keys.put("kubernetes", LabSpec::kubernetes);
        keys.put("nodes", LabSpec::nodes);
        keys.put("recorder", LabSpec::recorder);
        keys.put("cni", LabSpec::cni);
        keys.put("workloads", LabSpec::workloads);
        keys.values().removeIf(key -> key.apply(here).equals(key.apply(there)));
        return List.copyOf(keys.keySet());
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
        AtomicFile.ownerOnly(folder.spec()).write(specText);
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("provider", provider)
                        .put("base", base)
                        .put("managesNodes", managesNodes)
                        .put("place", place);
        source.forEach(json.putArray("source")::add);
        file(folder).write(json);
    }

    private static StateFile file(LabFolder folder) {
        return new StateFile(
                folder.path().resolve("lab.json"),
                StateFormat.ofLab(VERSION, VERSION, folder.lab()));
    }
}
