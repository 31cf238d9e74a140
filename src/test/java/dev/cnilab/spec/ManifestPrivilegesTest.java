package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The bundled manifests ask for the privileges of docs/decisions/0021 and no others. */
class ManifestPrivilegesTest {

    private static final Path RECORD = Path.of("docs/decisions/0021-privileges.md");
    private static final List<Path> FOLDERS =
            List.of(
                    Path.of("src/main/resources/manifests"),
                    Path.of("src/main/resources/existing"));

    /** A container of a manifest, with its pod. */
    record Container(String manifest, Map<?, ?> pod, Map<?, ?> spec) {

        String name() {
            return manifest + " " + spec.get("name");
        }

        Map<?, ?> security() {
            return map(spec, "securityContext");
        }

        Stream<String> privileges() {
            Stream<String> shared =
                    Stream.of("hostNetwork", "hostPID", "hostIPC")
                            .filter(field -> Boolean.TRUE.equals(pod.get(field)));
            Stream<String> privileged =
                    Stream.of("privileged")
                            .filter(field -> Boolean.TRUE.equals(security().get(field)));
            Stream<String> added =
                    list(map(security(), "capabilities"), "add").stream().map(Object::toString);
            return Stream.of(shared, privileged, added)
                    .flatMap(each -> each)
                    .map(privilege -> name() + " " + privilege);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    @Test
    void theDecisionRecordListsThePrivilegesOfTheManifests() throws IOException {
        assertThat(new TreeSet<>(containers().stream().flatMap(Container::privileges).toList()))
                .isEqualTo(new TreeSet<>(recorded()));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void allElseIsDropped(Container container) {
        assertThat(list(map(container.security(), "capabilities"), "drop"))
                .isEqualTo(List.of("ALL"));
        assertThat(container.security().get("allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(map(map(container.pod(), "securityContext"), "seccompProfile").get("type"))
                .isEqualTo("RuntimeDefault");
    }

    private static List<String> recorded() throws IOException {
        return Files.readAllLines(RECORD).stream()
                .filter(line -> line.matches("\\| \\S+\\.yaml \\|.*"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(cells -> cells[1] + " " + cells[2] + " " + cells[3])
                .toList();
    }

    private static List<Container> containers() throws IOException {
        List<Container> found = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                    found.addAll(containers(file));
                }
            }
        }
        assertThat(found).as("containers").hasSizeGreaterThan(5);
        return found;
    }

    private static List<Container> containers(Path file) throws IOException {
        String text = Files.readString(file).replaceAll("\\$\\{\\w+}", "0");
        List<Container> found = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(text)) {
            Map<?, ?> pod = map(map(map((Map<?, ?>) document, "spec"), "template"), "spec");
            for (String field : List.of("initContainers", "containers")) {
                for (Object container : list(pod, field)) {
                    found.add(
                            new Container(
                                    file.getFileName().toString(), pod, (Map<?, ?>) container));
                }
            }
        }
        return found;
    }

    private static Map<?, ?> map(Map<?, ?> holder, String field) {
        return holder.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Map<?, ?> holder, String field) {
        return holder.get(field) instanceof List<?> list ? list : List.of();
    }
}
