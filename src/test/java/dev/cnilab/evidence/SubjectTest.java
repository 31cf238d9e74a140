package dev.cnilab.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.host.FileTree;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab's manifests in its report, wherever they are. */
class SubjectTest {

    @TempDir private Path parent;

    private final ObjectNode document = new JsonMapper().createObjectNode();

    private String manifest(Path file, String name) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file,
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: default}
                data: {from: "%s"}
                """
                        .formatted(name, file));
        return Files.readString(file);
    }

    private Subject subject(List<String> manifests) throws IOException, SpecException {
        String tutorial = Files.readString(Path.of("labs", "flannel-ipip.yaml"));
        StringBuilder own = new StringBuilder("workloads:\n");
        manifests.forEach(each -> own.append("  - manifest: " + each + "\n"));
        String text =
                tutorial.substring(0, tutorial.indexOf("\nwalkthrough:"))
                        .replace("workloads:\n", own);
        Path lab = Files.createDirectories(parent.resolve("here/lab"));
        LabSpec spec = SpecLoader.load(new LabSource("lab", text, Optional.of(lab), true));
        return new Subject(spec, text, false, "embedded", true, TimeFactor.NONE);
    }

    @Test
    void reportHasManifestsFromEverywhere() throws IOException, SpecException {
        Path absolute = parent.resolve("elsewhere/absolute.yaml");
        List<String> texts =
                List.of(
                        manifest(parent.resolve("here/lab/near.yaml"), "near"),
                        manifest(parent.resolve("far/away.yaml"), "far"),
                        manifest(absolute, "absolute"));
        EvidenceFolder folder = EvidenceFolder.create(parent.resolve("evidence"));
        subject(List.of("near.yaml", "../../far/away.yaml", absolute.toString()))
                .write(folder, document);
        folder.seal();
        for (String each : List.of("here", "far", "elsewhere")) {
            FileTree.delete(parent.resolve(each));
        }

        Subject read = Subject.read(SealedFolder.open(folder.path()), document);

        assertThat(read.spec().workloads())
                .map(workload -> workload.manifest().template().text())
                .startsWith(texts.toArray(String[]::new));
    }

    @Test
    void manifestOutsideOfTheEvidenceIsNotRead() throws IOException, SpecException {
        manifest(parent.resolve("far/away.yaml"), "far");
        EvidenceFolder folder = EvidenceFolder.create(parent.resolve("here/evidence"));
        subject(List.of("../../far/away.yaml")).write(folder, document);
        document.withObject("/manifests").put("../../far/away.yaml", "../../far/away.yaml");
        folder.seal();

        assertThatThrownBy(() -> Subject.read(SealedFolder.open(folder.path()), document))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e ->
                                assertThat(e.problems().toString())
                                        .contains("the evidence lacks ../../far/away.yaml"));
    }
}
