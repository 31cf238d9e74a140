package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.spec.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems in a manifest are located in its file. */
class ManifestProblemsTest {

    @TempDir private Path folder;

    @Test
    void saysWhatADocumentLacksToBeAnObject() throws Exception {
        assertThat(
                        problems(
                                """
                                apiVersion: v1
                                kind: ConfigMap
                                ---
                                # nothing
                                ---
                                apiVersion: v1
                                metadata: {name: c}
                                """))
                .containsExactly(
                        "extra.yaml:1:1: missing key 'metadata.name'; every object has one",
                        "extra.yaml:6:1: missing key 'kind'; every object has one");
    }

    @Test
    void locatesInvalidYaml() throws Exception {
        assertThat(problems("apiVersion: v1\nkind: [\n"))
                .singleElement()
                .asString()
                .startsWith("extra.yaml:3:1: expected the node content");
        assertThat(problems("apiVersion: v1\nkind: A\nkind: B\nmetadata: {name: c}\n"))
                .singleElement()
                .asString()
                .startsWith("extra.yaml:3:1: found duplicate key kind");
        assertThat(problems("- a\n"))
                .containsExactly("extra.yaml:1:1: expected a mapping, found a list");
        assertThat(problems("apiVersion: v1\nkind: A\nmetadata: &m {name: c, of: [*m]}\n"))
                .containsExactly("extra.yaml:3:11: metadata.of[0]: a value contains itself");
    }

    @Test
    void reportsThemAfterTheLabsOwn() throws Exception {
        write("kind: ConfigMap\n");
        LabText lab = lab().with("serviceSubnet: 10.96.0.0/16", "serviceSubnet: 10.244.128.0/17");
        assertThat(texts(lab))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("lab.yaml:26:18: "),
                        second -> assertThat(second).startsWith("extra.yaml:1:1: "),
                        third -> assertThat(third).startsWith("extra.yaml:1:1: "));
    }

    @Test
    void locatesWhatAProviderChecks() throws Exception {
        write(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: c
                data:
                  a.b/c: x
                """);
        Manifests manifests = new Manifests(lab().loadIn(folder), "image");
        SpecException thrown =
                catchThrowableOfType(
                        SpecException.class,
                        () ->
                                manifests.check(object -> {
                                    if (object.content()
                                            .path("kind")
                                            .asText()
                                            .equals("ConfigMap")) {
                                        object.problem("data.a.b/c", "no", "");
                                        object.problem("data.none", "no", "");
                                    }
                                }));
        assertThat(shown(thrown.problems()))
                .containsExactly(
                        "extra.yaml:6:3: data.none: no", "extra.yaml:6:10: data.a.b/c: no");
    }

    private List<String> problems(String manifest) throws Exception {
        write(manifest);
        return texts(lab());
    }

    private void write(String manifest) throws IOException {
        Files.writeString(folder.resolve("extra.yaml"), manifest);
    }

    private static LabText lab() throws SpecException {
        return LabText.bundled()
                .with("- manifest: demo", "- manifest: demo\n  - manifest: extra.yaml");
    }

    private List<String> texts(LabText lab) {
        return shown(
                catchThrowableOfType(SpecException.class, () -> lab.loadIn(folder)).problems());
    }

    private List<String> shown(List<Problem> problems) {
        return problems.stream().map(each -> each.toString().replace(folder + "/", "")).toList();
    }
}
