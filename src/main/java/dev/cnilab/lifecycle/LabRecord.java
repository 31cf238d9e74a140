package dev.cnilab.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a lab was brought up: what later commands need to find it and to read its spec again.
 *
 * @param provider by name
 * @param specText the spec's file as it was
 * @param base the folder that the spec's relative paths start from; empty for a bundled lab
 * @param nodes how many nodes were asked for; 0 where somebody else made them
 * @param nodeImage that was asked for in place of the spec's; empty for the spec's
 * @param place which cluster it is in, where that was a choice; empty otherwise
 * @param dns whether the spec's DNS was not asked to be left out
 */
public record LabRecord(
        String provider,
        String specText,
        String base,
        int nodes,
        String nodeImage,
        String place,
        boolean dns) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the lab came as far as being recorded. */
    public static boolean exists(LabFolder folder) {
        return Files.exists(file(folder)) && Files.exists(folder.spec());
    }

    /** The folder's; empty where it holds no lab that came as far as being recorded. */
    static Optional<LabRecord> find(LabFolder folder) throws IOException {
        return exists(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    /**
     * @throws Failure when the folder holds no lab that came as far as being recorded
     */
    public static LabRecord read(LabFolder folder) throws IOException {
        if (!exists(folder)) {
            throw noSuchLab(folder);
        }
        JsonNode json = JSON.readTree(Files.readAllBytes(file(folder)));
        return new LabRecord(
                json.path("provider").asText(),
                Files.readString(folder.spec()),
                json.path("base").asText(),
                json.path("nodes").asInt(),
                json.path("nodeImage").asText(),
                json.path("place").asText(),
                json.path("dns").asBoolean(true));
    }

    static Failure noSuchLab(LabFolder folder) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "no-such-lab",
                "no such lab: " + folder.lab(),
                "its state would be in " + folder.path(),
                "lab list shows the labs that exist; lab up creates one");
    }

    /** In what another lab of the same name differs from this one, one line each. */
    List<String> differences(LabRecord other) {
        List<String> lines = new ArrayList<>();
        compare(lines, "provider", provider, other.provider);
        compare(lines, "cluster", place, other.place);
        compare(lines, "nodes", nodes, other.nodes);
        compare(lines, "node image", nodeImage, other.nodeImage);
        compare(lines, "DNS", dns, other.dns);
        if (!specText.equals(other.specText) || !base.equals(other.base)) {
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

    /** The folder that the spec's relative paths start from; empty for a bundled lab. */
    public Optional<Path> folder() {
        return base.isEmpty() ? Optional.empty() : Optional.of(Path.of(base));
    }

    void write(LabFolder folder) throws IOException {
        Files.writeString(folder.spec(), specText);
        Files.write(
                file(folder),
                JSON.writeValueAsBytes(
                        JSON.createObjectNode()
                                .put("provider", provider)
                                .put("base", base)
                                .put("nodes", nodes)
                                .put("nodeImage", nodeImage)
                                .put("place", place)
                                .put("dns", dns)));
    }

    private static Path file(LabFolder folder) {
        return folder.path().resolve("lab.json");
    }
}
