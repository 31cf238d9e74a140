package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.kube.PodAccess.LogOptions;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod's containers: start order, restarts, exec, and rejected specifications. */
@Needs(Peer.CNI_PLUGINS)
class ContainersIT {

    @TempDir private Path state;

    private KubeletNode node;

    @BeforeEach
    void startNode() throws IOException {
        node = KubeletNode.start(state);
    }

    @AfterEach
    void stopNode() throws IOException {
        node.close();
    }

    @Test
    void restartsAKilledContainer() throws Exception {
        node.installCni();
        node.create("victim", "[\"sh\", \"-c\", \"echo run; exec sleep 600\"]", "");
        node.awaitPod("victim", pod -> KubeletNode.phase(pod).equals("Running"));
        Process first = node.process("victim");

        first.destroyForcibly();
        ObjectNode back =
                node.awaitPod(
                        "victim",
                        pod ->
                                KubeletNode.container(pod).path("restartCount").asInt() == 1
                                        && KubeletNode.container(pod).path("ready").asBoolean());

        assertThat(
                        KubeletNode.container(back)
                                .path("lastState")
                                .path("terminated")
                                .path("exitCode")
                                .asInt())
                .isEqualTo(137);
        assertThat(node.log("victim", KubeletNode.WHOLE_LOG)).isEqualTo("run\n");
        LogOptions previous =
                new LogOptions(false, true, false, OptionalInt.empty(), OptionalLong.empty(), null);
        assertThat(node.log("victim", previous)).isEqualTo("run\n");
    }

    @Test
    void runsCommandsWithThePodsNetworkEnvironmentAndFiles() throws Exception {
        node.installCni();
        node.create(
                "tool",
                "[\"sleep\", \"600\"]",
                """
                , "env": [{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                          {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]
                """);
        ObjectNode tool = node.awaitPod("tool", pod -> KubeletNode.phase(pod).equals("Running"));

        String output =
                node.exec(
                        "tool",
                        "sh",
                        "-c",
                        "echo $POD $IP; cat /var/run/secrets/kubernetes.io/serviceaccount/token;"
                                + " ls /sys/class/net | tr '\\n' ' '");

        assertThat(output)
                .startsWith("tool " + tool.path("status").path("podIP").asText() + "\nsecret")
                .contains("eth0");
    }

    @Test
    void startsProcessesInTheWorkingDirectory() throws Exception {
        node.installCni();
        ObjectNode pod =
                node.manifest(
                        "worker",
                        "[\"sh\", \"-c\", \"pwd; exec sleep 600\"]",
                        ", \"workingDir\": \"/data\","
                                + " \"volumeMounts\": [{\"name\": \"data\", \"mountPath\": \"/data\"}]",
                        ProgramImage.REPOSITORY);
        ((ObjectNode) pod.path("spec"))
                .set("volumes", KubeletNode.json("[{\"name\": \"data\", \"emptyDir\": {}}]"));
        node.store().create(ResourceType.POD, pod);
        node.awaitPod("worker", each -> KubeletNode.phase(each).equals("Running"));

        KubeletNode.await(() -> node.log("worker", KubeletNode.WHOLE_LOG).equals("/data\n"));
        assertThat(node.exec("worker", "pwd")).isEqualTo("/data\n");
    }

    @Test
    void saysThatTheWorkingDirectoryIsMissing() throws Exception {
        node.installCni();
        node.create("lost", "[\"sleep\", \"600\"]", ", \"workingDir\": \"/not/there\"");

        node.awaitPod(
                "lost",
                pod ->
                        KubeletNode.container(pod)
                                .findValuesAsText("message")
                                .toString()
                                .contains("chdir /not/there"));
    }

    @Test
    void explainsThatOtherImagesAreNotSupported() throws Exception {
        node.installCni();
        node.store()
                .create(
                        ResourceType.POD,
                        node.manifest("alien", "[]", "", "docker.io/library/nginx:1"));

        ObjectNode alien =
                node.awaitPod(
                        "alien",
                        pod ->
                                KubeletNode.container(pod).path("state").has("waiting")
                                        && KubeletNode.container(pod)
                                                .path("state")
                                                .path("waiting")
                                                .path("message")
                                                .asText()
                                                .contains("embedded"));

        assertThat(
                        KubeletNode.container(alien)
                                .path("state")
                                .path("waiting")
                                .path("reason")
                                .asText())
                .isIn("ErrImagePull", "ImagePullBackOff");
        assertThat(
                        KubeletNode.container(alien)
                                .path("state")
                                .path("waiting")
                                .path("message")
                                .asText())
                .contains("the embedded cluster runs only");
    }

    @Test
    void runsInitContainersOnceInOrderBeforeTheOthers() throws Exception {
        node.installCni();
        ObjectNode pod =
                node.manifest(
                        "staged",
                        "[\"sh\", \"-c\", \"cat /data/log; exec sleep 600\"]",
                        ", \"volumeMounts\": [{\"name\": \"data\", \"mountPath\": \"/mnt\"}]",
                        ProgramImage.REPOSITORY);
        ObjectNode spec = (ObjectNode) pod.path("spec");
        spec.set("volumes", KubeletNode.json("[{\"name\": \"data\", \"emptyDir\": {}}]"));
        spec.set(
                "initContainers",
                KubeletNode.json(
                        """
                        [{"name": "a", "image": "localhost/cnilab/lab:x",
                          "command": ["sh", "-c", "echo a >> /mnt/log"],
                          "volumeMounts": [{"name": "data", "mountPath": "/mnt"}]},
                         {"name": "b", "image": "localhost/cnilab/lab:x",
                          "command": ["sh", "-c", "echo b >> /mnt/log"],
                          "volumeMounts": [{"name": "data", "mountPath": "/mnt"}]}]
                        """));
        ((ObjectNode) spec.path("containers").path(0))
                .set(
                        "command",
                        KubeletNode.json("[\"sh\", \"-c\", \"cat /mnt/log; exec sleep 600\"]"));
        node.store().create(ResourceType.POD, pod);

        node.awaitPod("staged", each -> KubeletNode.phase(each).equals("Running"));

        KubeletNode.await(() -> node.log("staged", KubeletNode.WHOLE_LOG).equals("a\nb\n"));
    }

    @Test
    void theNodesRunShowsThisMachinesNamespaces() throws Exception {
        node.installCni();
        ObjectNode pod =
                node.manifest(
                        "looker",
                        "[\"sleep\", \"600\"]",
                        ", \"volumeMounts\": [{\"name\": \"run\", \"mountPath\": \"/host/run\"}]",
                        ProgramImage.REPOSITORY);
        ((ObjectNode) pod.path("spec"))
                .set(
                        "volumes",
                        KubeletNode.json(
                                "[{\"name\": \"run\", \"hostPath\": {\"path\": \"/run\"}}]"));
        node.store().create(ResourceType.POD, pod);
        node.awaitPod("looker", each -> KubeletNode.phase(each).equals("Running"));

        assertThat(node.exec("looker", "stat", "-f", "-c", "%T", "/host/run/netns/" + node.name()))
                .isEqualTo("nsfs\n");
    }
}
