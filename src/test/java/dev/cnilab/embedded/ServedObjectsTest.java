package dev.cnilab.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedObjectsTest {

    private static final String IMAGE = "localhost/cnilab/lab:1";

    @TempDir private Path folder;

    @Test
    void servesTheBundledManifests() {
        assertThatCode(() ->
                        new Manifests(SpecLoader.load("flannel-ipip"), IMAGE)
                                .check(ServedObjects::check))
                .doesNotThrowAnyException();
    }

    @Test
    void doesNotServeEveryKind() throws Exception {
        assertThat(
                        problems(
                                """
                                apiVersion: networking.k8s.io/v1
                                kind: NetworkPolicy
                                metadata: {name: p}
                                ---
                                apiVersion: batch/v1
                                kind: Job
                                metadata: {name: j}
                                ---
                                apiVersion: apps/v1beta1
                                kind: Deployment
                                metadata: {name: d}
                                ---
                                apiVersion: v1
                                kind: Servise
                                metadata: {name: s}
                                """))
                .containsExactly(
                        "extra.yaml:2:7: kind: the embedded cluster does not serve NetworkPolicy of"
                                + " networking.k8s.io/v1; the provider kind serves all of Kubernetes",
                        "extra.yaml:6:7: kind: the embedded cluster does not serve Job of batch/v1;"
                                + " the provider kind serves all of Kubernetes",
                        "extra.yaml:10:7: kind: the embedded cluster does not serve Deployment of"
                                + " apps/v1beta1; Deployment is of apiVersion apps/v1",
                        "extra.yaml:14:7: kind: the embedded cluster does not serve Servise of v1;"
                                + " did you mean 'Service'?");
    }

    @Test
    void reportsWhatTheApiWouldRefuse() throws Exception {
        assertThat(
                        problems(
                                """
                                apiVersion: apps/v1
                                kind: DaemonSet
                                metadata:
                                  name: d
                                spec:
                                  selector: {matchLabels: {app: d}}
                                  template:
                                    metadata: {labels: {app: e}}
                                    spec:
                                      containers:
                                        - name: one
                                          image: ${image}
                                ---
                                apiVersion: v1
                                kind: Service
                                metadata: {name: s}
                                spec:
                                  selektor: {app: demo}
                                  ports: [{port: 80}]
                                ---
                                apiVersion: v1
                                kind: Service
                                metadata: {name: s}
                                spec:
                                  ports:
                                    - port: http
                                """))
                .containsExactly(
                        "extra.yaml:8:24: spec.template.metadata.labels: Invalid value:"
                                + " map[string]string{\"app\":\"e\"}: `selector` does not match"
                                + " template `labels`",
                        "extra.yaml:18:13: spec.selektor: unknown field \"spec.selektor\"",
                        "extra.yaml:26:13: spec.ports[0].port: json: cannot unmarshal string into"
                                + " Go struct field ServicePort.spec.ports.port of type int32");
    }

    @Test
    void runsOnlyItsOwnImage() throws Exception {
        assertThat(
                        problems(
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata: {name: p}
                                spec:
                                  containers:
                                    - name: one
                                      image: nginx:1.29
                                """))
                .containsExactly(
                        "extra.yaml:7:14: spec.containers[0].image: the embedded cluster runs only"
                                + " the image localhost/cnilab/lab, not 'nginx:1.29'; write"
                                + " ${image}, or choose the provider kind");
    }

    private List<String> problems(String manifest) throws Exception {
        Files.writeString(folder.resolve("extra.yaml"), manifest);
        String lab =
                SpecLoader.find("flannel-ipip")
                        .text()
                        .replace("- manifest: demo", "- manifest: demo\n  - manifest: extra.yaml");
        Manifests manifests =
                new Manifests(
                        SpecLoader.load(new LabSource("lab.yaml", lab, Optional.of(folder))),
                        IMAGE);
        return catchThrowableOfType(
                        SpecException.class, () -> manifests.check(ServedObjects::check))
                .problems()
                .stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }
}
