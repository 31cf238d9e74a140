package dev.cnilab.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.spec.LabFiles;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ManifestTemplate;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.WorkloadSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lab of a report, with everything that its expectations depend on.
 *
 * @param specText the effective spec
 * @param bundled whether it is a bundled lab, which has no files of its own
 * @param managesNodes whether the provider created the nodes, as in the spec
 * @param timeFactor during the verification, since commands' arguments depend on it
 */
public record Subject(
        LabSpec spec,
        String specText,
        boolean bundled,
        String provider,
        boolean managesNodes,
        TimeFactor timeFactor) {

    /** The subdirectory with the lab's file and its manifests. */
    private static final String FOLDER = "lab/";

    private static final String FILE = FOLDER + "lab.yaml";

    /** In the document, the files of manifests by their names in the lab's file. */
    private static final String MANIFESTS = "manifests";

    void write(EvidenceFolder folder, ObjectNode json) throws IOException {
        json.put("lab", spec.name())
                .put("bundled", bundled)
                .put("provider", provider)
                .put("managesNodes", managesNodes)
                .put("timeFactor", timeFactor.factor());
        folder.write(FILE, specText);
        ObjectNode manifests = json.putObject(MANIFESTS);
        for (WorkloadSpec workload : spec.workloads()) {
            ManifestTemplate manifest = workload.manifest();
            if (manifest.isFile() && !manifests.has(manifest.name())) {
                // Not by its own path, which may be absolute or lead out of the lab's directory.
                String file = FOLDER + "manifest-" + (manifests.size() + 1) + ".yaml";
                folder.write(file, manifest.template().text());
                manifests.put(manifest.name(), file);
            }
        }
    }

    /**
     * @throws SpecException if this version of lab cannot parse the lab's file
     */
    static Subject read(SealedFolder folder, JsonNode json) throws IOException, SpecException {
        String text = new String(folder.read(FILE), StandardCharsets.UTF_8);
        boolean bundled = json.path("bundled").asBoolean();
        JsonNode manifests = json.path(MANIFESTS);
        LabFiles files =
                name -> LabFiles.decode(folder.read(manifests.path(name).asText(FOLDER + name)));
        LabSpec spec =
                SpecLoader.load(
                        new LabSource(
                                folder.path().resolve(FILE).toString(),
                                text,
                                Optional.empty(),
                                true),
                        bundled ? Optional.empty() : Optional.of(files));
        boolean managesNodes = json.path("managesNodes").asBoolean();
        return new Subject(
                managesNodes ? spec : spec.withoutNodes(),
                text,
                bundled,
                json.path("provider").asText(),
                managesNodes,
                new TimeFactor(json.path("timeFactor").asInt()));
    }
}
