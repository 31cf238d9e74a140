package dev.cnilab.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.embedded.image.OwnImage;
import dev.cnilab.cluster.embedded.node.ClusterPlan;
import dev.cnilab.cluster.embedded.node.Leftovers;
import dev.cnilab.cluster.embedded.node.NodeFiles;
import dev.cnilab.cluster.embedded.node.Plans;
import dev.cnilab.cluster.embedded.node.Topology;
import dev.cnilab.cluster.image.ProgramImage;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess.LogOptions;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One kubelet with the reference plugins bridge, host-local and portmap as its CNI. */
class KubeletIT {

    private static final Path PLUGINS = Path.of("/usr/lib/cni");
    private static final LogOptions WHOLE_LOG =
            new LogOptions(false, false, false, OptionalInt.empty(), OptionalLong.empty(), null);

    private static final String CONFLIST =
            """
            {"cniVersion": "1.0.0", "name": "test", "plugins": [
              {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
               "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]],
                        "routes": [{"dst": "0.0.0.0/0"}]}},
              {"type": "portmap", "capabilities": {"portMappings": true}}]}
            """;

    @TempDir private Path state;

    private final ClusterPlan plan = Plans.of(1);
    private final Store store = new Store();
    private NodeFiles files;
    private Kubelet kubelet;
    private KubeletPods pods;

    @BeforeEach
    void startNode() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(PLUGINS.resolve("bridge")),
                "apt-get install containernetworking-plugins");
        new Topology(plan, state).ensure();
        files = NodeFiles.of(state, plan.nodes().getFirst().name());
        OwnImage image = new OwnImage(state.resolve("image"));
        image.unpack();
        kubelet =
                new Kubelet(
                        plan.nodes().getFirst(),
                        files,
                        store,
                        image,
                        new KubeletSettings("v1.27.3", "0.1.0", "10.96.0.1", "secret", "CA"));
        kubelet.start();
        pods = new KubeletPods(List.of(kubelet));
    }

    @AfterEach
    void stopNode() throws IOException {
        if (kubelet != null) {
            kubelet.close();
        }
        new Leftovers(plan.lab(), List.of()).removeAll();
    }

    @Test
    void theNodeIsReadyOnceACniIsThere() throws IOException {
        assertThat(condition(node(), "Ready").path("status").asText()).isEqualTo("False");
        assertThat(condition(node(), "Ready").path("message").asText())
                .contains("cni plugin not initialized");

        installCni();

        await(() -> condition(node(), "Ready").path("status").asText().equals("True"));
        assertThat(node().path("status").path("addresses").path(0).path("address").asText())
                .isEqualTo("172.18.0.2");
    }

    @Test
    void aPodGetsItsNetworkFromThePluginsAndIsReachedThere() throws Exception {
        installCni();
        create("web", listener("8080"), "");
        ObjectNode web = awaitPod("web", pod -> phase(pod).equals("Running"));

        assertThat(web.path("status").path("podIP").asText()).startsWith("10.244.0.");
        assertThat(condition(web, "Ready").path("status").asText()).isEqualTo("True");
        assertThat(NetNamespace.named(nodeName() + ".default.web").exists()).isTrue();
        assertThat(ask(web.path("status").path("podIP").asText(), 8080)).isEqualTo("hello");
    }

    @Test
    void hostPortsAreMappedByTheChain() throws Exception {
        installCni();
        create(
                "web",
                listener("8080"),
                ", \"ports\": [{\"containerPort\": 8080, \"hostPort\": 9090}]");
        awaitPod("web", pod -> phase(pod).equals("Running"));

        assertThat(ask("172.18.0.2", 9090)).isEqualTo("hello");
    }

    @Test
    void withoutACniAPodWaitsAndSaysWhy() throws Exception {
        create("early", "[\"sleep\", \"600\"]", "");

        await(() ->
                store.list(ResourceType.EVENT).stream()
                        .anyMatch(event ->
                                event.path("reason").asText().equals("FailedCreatePodSandBox")));
        assertThat(phase(pod("early"))).isEqualTo("Pending");
        installCni();
        awaitPod("early", pod -> phase(pod).equals("Running"));
    }

    @Test
    void aKilledContainerIsBackWithinTwoSeconds() throws Exception {
        installCni();
        create("victim", "[\"sh\", \"-c\", \"echo run; exec sleep 600\"]", "");
        awaitPod("victim", pod -> phase(pod).equals("Running"));
        Process first = process("victim");

        long begin = System.nanoTime();
        first.destroyForcibly();
        ObjectNode back =
                awaitPod(
                        "victim",
                        pod ->
                                container(pod).path("restartCount").asInt() == 1
                                        && container(pod).path("ready").asBoolean());

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(container(back).path("lastState").path("terminated").path("exitCode").asInt())
                .isEqualTo(137);
        assertThat(log("victim", WHOLE_LOG)).isEqualTo("run\n");
        LogOptions previous =
                new LogOptions(false, true, false, OptionalInt.empty(), OptionalLong.empty(), null);
        assertThat(log("victim", previous)).isEqualTo("run\n");
    }

    @Test
    void commandsRunInThePodsNetworkWithItsEnvironmentAndFiles() throws Exception {
        installCni();
        create(
                "tool",
                "[\"sleep\", \"600\"]",
                """
                , "env": [{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                          {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]
                """);
        ObjectNode tool = awaitPod("tool", pod -> phase(pod).equals("Running"));

        String output =
                exec(
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
    void aForeignImageIsRefusedInWords() throws Exception {
        installCni();
        store.create(ResourceType.POD, manifest("alien", "[]", "", "docker.io/library/nginx:1"));

        ObjectNode alien =
                awaitPod(
                        "alien",
                        pod ->
                                container(pod).path("state").has("waiting")
                                        && container(pod)
                                                .path("state")
                                                .path("waiting")
                                                .path("message")
                                                .asText()
                                                .contains("embedded"));

        assertThat(container(alien).path("state").path("waiting").path("reason").asText())
                .isIn("ErrImagePull", "ImagePullBackOff");
        assertThat(container(alien).path("state").path("waiting").path("message").asText())
                .contains("the embedded cluster runs only");
    }

    @Test
    void aDeletedPodLeavesNothing() throws Exception {
        installCni();
        create("gone", "[\"sh\", \"-c\", \"trap '' TERM; while :; do sleep 1; done\"]", "");
        awaitPod("gone", pod -> phase(pod).equals("Running"));
        Process process = process("gone");

        store.delete(ResourceType.POD, "default", "gone", OptionalLong.of(1));
        await(() -> store.get(ResourceType.POD, "default", "gone").isEmpty());

        assertThat(process.isAlive()).isFalse();
        assertThat(NetNamespace.named(nodeName() + ".default.gone").path()).doesNotExist();
        try (Stream<Path> leases = Files.list(files.here(Path.of("/var/lib/cni/networks/test")))) {
            assertThat(leases.filter(file -> file.getFileName().toString().startsWith("10.")))
                    .isEmpty();
        }
        try (Stream<Path> results = Files.list(files.here(Path.of("/var/lib/cni/results")))) {
            assertThat(results).isEmpty();
        }
        assertThatThrownBy(() -> log("gone", WHOLE_LOG)).isInstanceOf(ApiException.class);
    }

    @Test
    void initContainersRunInOrderAndOnceBeforeTheOthers() throws Exception {
        installCni();
        ObjectNode pod =
                manifest(
                        "staged",
                        "[\"sh\", \"-c\", \"cat /data/log; exec sleep 600\"]",
                        ", \"volumeMounts\": [{\"name\": \"data\", \"mountPath\": \"/mnt\"}]",
                        ProgramImage.REPOSITORY);
        ObjectNode spec = (ObjectNode) pod.path("spec");
        spec.set("volumes", json("[{\"name\": \"data\", \"emptyDir\": {}}]"));
        spec.set(
                "initContainers",
                json(
                        """
                        [{"name": "a", "image": "localhost/cnilab/lab:x",
                          "command": ["sh", "-c", "echo a >> /mnt/log"],
                          "volumeMounts": [{"name": "data", "mountPath": "/mnt"}]},
                         {"name": "b", "image": "localhost/cnilab/lab:x",
                          "command": ["sh", "-c", "echo b >> /mnt/log"],
                          "volumeMounts": [{"name": "data", "mountPath": "/mnt"}]}]
                        """));
        ((ObjectNode) spec.path("containers").path(0))
                .set("command", json("[\"sh\", \"-c\", \"cat /mnt/log; exec sleep 600\"]"));
        store.create(ResourceType.POD, pod);

        awaitPod("staged", each -> phase(each).equals("Running"));

        await(() -> log("staged", WHOLE_LOG).equals("a\nb\n"));
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    private static void await(Check check) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try {
            while (!check.holds()) {
                assertThat(System.nanoTime()).as("20 s are over").isLessThan(deadline);
                Thread.sleep(20);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ObjectNode awaitPod(String name, Predicate<ObjectNode> wanted) {
        await(() -> wanted.test(pod(name)));
        return pod(name);
    }

    private void installCni() throws IOException {
        for (String plugin : List.of("bridge", "host-local", "portmap")) {
            Files.copy(PLUGINS.resolve(plugin), files.cniBin().resolve(plugin));
        }
        Files.writeString(files.cniConf().resolve("10-test.conflist"), CONFLIST);
    }

    private void create(String name, String command, String more) throws IOException {
        store.create(
                ResourceType.POD,
                manifest(name, command, more, ProgramImage.REPOSITORY + ":0.1.0"));
    }

    private ObjectNode manifest(String name, String command, String more, String image)
            throws IOException {
        return (ObjectNode)
                json(
                        """
                        {"apiVersion": "v1", "kind": "Pod",
                         "metadata": {"namespace": "default", "name": "%s"},
                         "spec": {"nodeName": "%s", "terminationGracePeriodSeconds": 1,
                          "containers": [{"name": "main", "image": "%s", "command": %s%s}]}}
                        """
                                .formatted(name, nodeName(), image, command, more));
    }

    /** Answers each connection with one word. */
    private static String listener(String port) {
        return "[\"python3\", \"-c\", \"import socket; s = socket.create_server(('', "
                + port
                + "))\\nwhile True: c = s.accept()[0]; c.sendall(b'hello'); c.close()\"]";
    }

    private String ask(String host, int port) {
        String[] answer = {""};
        await(() -> {
            try {
                answer[0] = askOnce(host, port);
            } catch (IOException refused) {
                return false;
            }
            return !answer[0].isEmpty();
        });
        return answer[0];
    }

    /** From outside; the node routes to its pods. */
    private String askOnce(String host, int port) throws IOException {
        NetNamespace from =
                host.startsWith("10.244.")
                        ? NetNamespace.named(nodeName())
                        : NetNamespace.named(plan.lab() + ".net");
        return from.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 500);
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    private String exec(String pod, String... argv) throws Exception {
        try (var exec = pods.exec("default", pod, null, List.of(argv), false)) {
            String output = new String(exec.stdout().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(exec.waitFor()).isZero();
            return output;
        }
    }

    private String log(String pod, LogOptions options) throws IOException {
        try (var log = pods.log("default", pod, null, options)) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process process(String pod) {
        return kubelet.worker("default", pod)
                .orElseThrow()
                .containers()
                .find(null)
                .orElseThrow()
                .process()
                .orElseThrow();
    }

    private ObjectNode node() {
        return store.get(ResourceType.NODE, "", nodeName()).orElseThrow();
    }

    private ObjectNode pod(String name) {
        return store.get(ResourceType.POD, "default", name).orElseThrow();
    }

    private String nodeName() {
        return plan.nodes().getFirst().name();
    }

    private static String phase(JsonNode pod) {
        return pod.path("status").path("phase").asText();
    }

    private static JsonNode container(JsonNode pod) {
        return pod.path("status").path("containerStatuses").path(0);
    }

    private static JsonNode condition(JsonNode object, String type) {
        return object.path("status")
                .path("conditions")
                .valueStream()
                .filter(each -> each.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
