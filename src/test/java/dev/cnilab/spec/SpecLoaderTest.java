package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecLoaderTest {

    @TempDir Path folder;

    @Test
    void unknownNamesSuggestBundledLabs() {
        assertThat(problem("flannel-ipp"))
                .isEqualTo(
                        "flannel-ipp: no such file, and no bundled lab of that name;"
                                + " did you mean 'flannel-ipip'?");
        assertThat(problem("/no/such/lab.yaml")).isEqualTo("/no/such/lab.yaml: no such file");
        assertThat(problem(folder.toString())).endsWith(": is a directory");
        assertThat(problem("a\0b")).contains("Nul character not allowed");
    }

    @Test
    void rejectsHugeFiles() throws Exception {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        assertThat(problem(huge.toString()))
                .endsWith(": is larger than 1 MiB, more than any lab needs");
    }

    @Test
    void rejectsEndlessStreams() {
        assertThat(problem("/dev/zero"))
                .endsWith(": is larger than 1 MiB, more than any lab needs");
    }

    @Test
    void rejectsBinaryFiles() throws Exception {
        assertThat(problem(file(new byte[] {0x7f, 'E', 'L', 'F', 0, 1})))
                .endsWith(": is a binary file: octet 4 is zero");
        assertThat(problem(file(new byte[] {'a', (byte) 0xff, 'b'})))
                .endsWith(": is not text in UTF-8");
        assertThat(problem(file(bytes("kind: \u0007")))).contains("special characters");
        assertThat(problem(file(bytes(""))))
                .endsWith(": the file is empty; a file describes one lab");
        assertThat(problem(file(bytes("a: b\n---\nc: d\n"))))
                .endsWith(": more than one YAML document; a file describes one lab");
    }

    @Test
    void ignoresAByteOrderMark() throws Exception {
        String text = "\ufeff" + LabText.bundled().text();
        assertThat(SpecLoader.load(file(bytes(text)))).isEqualTo(LabText.bundled().load());
    }

    @Test
    void explainsTabs() throws Exception {
        String file = file(bytes("kind: Lab\nmetadata:\n\tname: x\n"));
        assertThat(problem(file))
                .startsWith(file + ":3:1: ")
                .endsWith("; YAML is indented by spaces, not by tabs");
    }

    @Test
    void rejectsAliasBombs() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }
        assertThat(problem(file(bytes(bomb.toString())))).contains("Number of aliases");
    }

    @Test
    void rejectsRecursionAndDeepNesting() throws Exception {
        assertThat(problem(file(bytes("nodes: &n [*n]\n")))).isNotEmpty();
        assertThat(problem(file(bytes("nodes: " + "[".repeat(100_000))))).contains("Nesting Depth");
    }

    @Test
    void tagsCreateNoObjects() throws Exception {
        assertThat(problem(file(bytes("kind: !!javax.script.ScriptEngineManager []\n"))))
                .contains("Global tag is not allowed");
    }

    @Test
    void findsManifestsNextToTheFile() throws Exception {
        Files.writeString(
                folder.resolve("own.yaml"),
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: own, labels: {app: demo, size: "${size}"}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: demo}
                spec: {selector: {app: demo, size: big}}
                """);
        LabText lab =
                LabText.bundled()
                        .with("- manifest: demo", "- {manifest: own.yaml, values: {size: big}}");
        assertThat(new Manifests(lab.loadIn(folder), "image").workloads())
                .singleElement()
                .asString()
                .contains("size: \"big\"");
    }

    @Test
    void detectsAServiceWithoutPods() throws Exception {
        Files.writeString(
                folder.resolve("own.yaml"),
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: wluo}
                spec: {template: {metadata: {labels: {app: demo}}}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: demo}
                spec: {selector: {app: wluo}}
                """);
        LabText lab = LabText.bundled().with("- manifest: demo", "- manifest: own.yaml");
        SpecException e = catchThrowableOfType(SpecException.class, () -> lab.loadIn(folder));
        assertThat(e)
                .hasMessage(
                        "lab.yaml:47:15: workloads[0].manifest: the Service 'demo' selects"
                                + " {\"app\":\"wluo\"}, which no workload's pods have;"
                                + " it would have no endpoints");
    }

    @Test
    void detectsInvalidYamlInManifests() throws Exception {
        Files.writeString(folder.resolve("own.yaml"), "kind: Pod\nkind: Pod\n");
        LabText lab = LabText.bundled().with("- manifest: demo", "- manifest: own.yaml");
        SpecException e = catchThrowableOfType(SpecException.class, () -> lab.loadIn(folder));
        assertThat(e.problems().getFirst().toString())
                .endsWith("own.yaml:2:1: found duplicate key kind");
    }

    @Test
    void detectsVariablesWithoutValues() throws Exception {
        Files.writeString(folder.resolve("own.yaml"), "kind: ${knd}\n");
        LabText lab = LabText.bundled().with("- manifest: demo", "- manifest: own.yaml");
        SpecException e = catchThrowableOfType(SpecException.class, () -> lab.loadIn(folder));
        assertThat(e.problems().getFirst().message())
                .isEqualTo(
                        "manifest 'own.yaml' has no value for knd;"
                                + " known: image, lab, nodePort, podSubnet, serviceSubnet");
    }

    private static String problem(String nameOrPath) {
        SpecException e =
                catchThrowableOfType(SpecException.class, () -> SpecLoader.load(nameOrPath));
        return e.problems().getFirst().toString();
    }

    private String file(byte[] content) throws Exception {
        Path file = Files.createTempFile(folder, "lab", ".yaml");
        Files.write(file, content);
        return file.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
