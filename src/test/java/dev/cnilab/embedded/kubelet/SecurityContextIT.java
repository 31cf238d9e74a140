package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processes of containers have the privileges that their securityContext says. */
@Needs(Peer.CNI_PLUGINS)
class SecurityContextIT {

    /** containerd's default capabilities, as a mask of /proc/PID/status. */
    private static final String DEFAULT = "00000000a80425fb";

    private static final String NONE = "0000000000000000";

    @TempDir private Path state;

    private KubeletNode node;

    @BeforeEach
    void startNode() throws IOException {
        node = KubeletNode.start(state);
        node.installCni();
    }

    @AfterEach
    void stopNode() throws IOException {
        node.close();
    }

    @Test
    void hasTheRuntimesDefaultsWithoutOne() throws Exception {
        Map<String, String> status = status("{}", "{}");

        assertThat(status)
                .containsEntry("CapEff", DEFAULT)
                .containsEntry("CapPrm", DEFAULT)
                .containsEntry("CapBnd", DEFAULT)
                .containsEntry("CapInh", NONE)
                .containsEntry("CapAmb", NONE)
                .containsEntry("NoNewPrivs", "0")
                .containsEntry("Seccomp", "0")
                .containsEntry("Uid", "0\t0\t0\t0");
    }

    @Test
    void dropsAllCapabilitiesButTheAddedOnesAndForbidsMore() throws Exception {
        Map<String, String> status =
                status(
                        "{\"seccompProfile\": {\"type\": \"RuntimeDefault\"}}",
                        "{\"allowPrivilegeEscalation\": false,"
                                + " \"capabilities\": {\"drop\": [\"ALL\"], \"add\": [\"NET_RAW\"]}}");

        assertThat(status)
                .containsEntry("CapEff", "0000000000002000")
                .containsEntry("CapBnd", "0000000000002000")
                .containsEntry("NoNewPrivs", "1")
                .containsEntry("Seccomp", "2");
    }

    @Test
    void runsAsTheUserAndGroupsOfTheContainerOrElseOfThePod() throws Exception {
        Map<String, String> status =
                status(
                        "{\"runAsUser\": 1000, \"runAsGroup\": 3000, \"supplementalGroups\": [4000]}",
                        "{\"runAsUser\": 2000, \"runAsNonRoot\": true}");

        assertThat(status)
                .containsEntry("Uid", "2000\t2000\t2000\t2000")
                .containsEntry("Gid", "3000\t3000\t3000\t3000")
                .containsEntry("Groups", "4000")
                .containsEntry("CapEff", NONE)
                .containsEntry("CapBnd", DEFAULT);
    }

    @Test
    void privilegedHasEverything() throws Exception {
        String own =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("CapPrm:"))
                        .collect(Collectors.joining())
                        .substring("CapPrm:\t".length());

        assertThat(
                        status(
                                "{\"seccompProfile\": {\"type\": \"RuntimeDefault\"}}",
                                "{\"privileged\": true}"))
                .containsEntry("CapEff", own)
                .containsEntry("Seccomp", "0");
    }

    @Test
    void readOnlyRootKeepsVolumesWritable() throws Exception {
        ObjectNode pod = pod("{}", "{\"readOnlyRootFilesystem\": true}");
        ObjectNode spec = (ObjectNode) pod.path("spec");
        spec.set("volumes", KubeletNode.json("[{\"name\": \"data\", \"emptyDir\": {}}]"));
        ((ObjectNode) spec.path("containers").path(0))
                .set(
                        "volumeMounts",
                        KubeletNode.json(
                                """
                                [{"name": "data", "mountPath": "/data"},
                                 {"name": "data", "mountPath": "/fixed", "readOnly": true}]
                                """));
        run(pod);

        String output =
                node.exec(
                        "p",
                        "sh",
                        "-c",
                        "for d in /tmp /run /etc /fixed /data; do"
                                + " (echo x >$d/t-lab) 2>&1; done; echo null >/dev/null; cat /fixed/t-lab");

        assertThat(output.lines().filter(line -> line.contains("Read-only file system")))
                .as(output)
                .hasSize(4);
        assertThat(output).endsWith("x\n");
        assertThat(Path.of("/tmp/t-lab")).doesNotExist();
    }

    @Test
    void theRuntimesSystemCallsExcludeNewNamespaces() throws Exception {
        String enter = "unshare -U true 2>&1; unshare -n true 2>&1; python3 -c pass && echo ok";
        run(pod("{\"seccompProfile\": {\"type\": \"RuntimeDefault\"}}", "{}"));
        String output = node.exec("p", "sh", "-c", enter);

        assertThat(output.lines().filter(line -> line.contains("Operation not permitted")))
                .as(output)
                .hasSize(2);
        assertThat(output).endsWith("ok\n");
    }

    /** Without DAC_OVERRIDE even root may not search another user's home. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {\"capabilities\": {\"drop\": [\"ALL\"]}}",
                "{\"runAsUser\": 1000} | {\"allowPrivilegeEscalation\": false}",
            })
    void theImagesProgramsRunWithoutPrivileges(String ofPod, String ofContainer) throws Exception {
        Files.setPosixFilePermissions(
                state, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        run(pod(ofPod, ofContainer));

        assertThat(node.exec("p", "sh", "-c", "command -v hostname && hostname"))
                .isEqualTo(state.resolve("image/bin/hostname") + "\np\n");
        assertThat(node.exec("p", "sh", "-c", "cat /var/run/secrets/kubernetes.io/*/token"))
                .isEqualTo("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"runAsNonRoot\": true} | {} | container has runAsNonRoot and image will run as root (pod: \"p_default(",
                "{\"runAsNonRoot\": true} | {\"runAsUser\": 0} | container's runAsUser breaks non-root policy (pod: \"p_default(",
                "{} | {\"capabilities\": {\"add\": [\"NET_ADMN\"]}} | unknown capability \"NET_ADMN\"",
                "{\"sysctls\": [{\"name\": \"a\", \"value\": \"1\"}]} | {} | does not support securityContext.sysctls",
                "{\"fsGroup\": 1} | {} | does not support securityContext.fsGroup",
                "{} | {\"seLinuxOptions\": {\"level\": \"s0\"}} | does not support securityContext.seLinuxOptions",
                "{} | {\"procMount\": \"Unmasked\"} | does not support securityContext.procMount",
                "{} | {\"seccompProfile\": {\"type\": \"Localhost\", \"localhostProfile\": \"x\"}} | does not support securityContext.seccompProfile Localhost",
            })
    void refusesWhatItCannotGiveInStatusAndEvent(String ofPod, String ofContainer, String why)
            throws Exception {
        node.store().create(ResourceType.POD, pod(ofPod, ofContainer));

        ObjectNode refused =
                node.awaitPod(
                        "p",
                        pod ->
                                waiting(pod)
                                        .path("reason")
                                        .asText()
                                        .equals("CreateContainerConfigError"));

        assertThat(waiting(refused).path("message").asText()).contains(why);
        KubeletNode.await(() ->
                node.store().list(ResourceType.EVENT).stream()
                        .map(event -> event.path("message").asText())
                        .anyMatch(
                                message -> message.startsWith("Error: ") && message.contains(why)));
    }

    private static JsonNode waiting(ObjectNode pod) {
        return KubeletNode.container(pod).path("state").path("waiting");
    }

    private ObjectNode pod(String ofPod, String ofContainer) throws IOException {
        ObjectNode pod =
                node.manifest(
                        "p",
                        "[\"sleep\", \"600\"]",
                        ", \"securityContext\": " + ofContainer,
                        ProgramImage.REPOSITORY);
        ((ObjectNode) pod.path("spec")).set("securityContext", KubeletNode.json(ofPod));
        return pod;
    }

    private void run(ObjectNode pod) {
        node.store().create(ResourceType.POD, pod);
        node.awaitPod("p", each -> KubeletNode.phase(each).equals("Running"));
    }

    /** Returns /proc/self/status of a command in the container; it equals the main process's. */
    private Map<String, String> status(String ofPod, String ofContainer) throws Exception {
        run(pod(ofPod, ofContainer));
        Map<String, String> started =
                fields(
                        Files.readString(
                                Path.of(
                                        "/proc",
                                        Long.toString(node.process("p").pid()),
                                        "status")));
        Map<String, String> executed = fields(node.exec("p", "sh", "-c", "cat /proc/self/status"));
        for (String field : List.of("CapEff", "CapBnd", "Uid", "NoNewPrivs", "Seccomp")) {
            assertThat(executed).containsEntry(field, String.valueOf(started.get(field)));
        }
        return executed;
    }

    private static Map<String, String> fields(String status) {
        return status.lines()
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip()));
    }
}
