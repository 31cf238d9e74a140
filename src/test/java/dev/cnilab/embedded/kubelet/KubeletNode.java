package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.node.ClusterNamespaces;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NamespaceCleanup;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.Plans;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.image.OwnImage;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.kube.PodAccess.LogOptions;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.testbed.Peer;
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

/** One kubelet with the reference plugins bridge, host-local and portmap as its CNI. */
final class KubeletNode implements AutoCloseable {

    static final LogOptions WHOLE_LOG =
            new LogOptions(false, false, false, OptionalInt.empty(), OptionalLong.empty(), null);

    private static final String CONFLIST =
            """
            {"cniVersion": "1.0.0", "name": "test", "plugins": [
              {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
               "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]],
                        "routes": [{"dst": "0.0.0.0/0"}]}},
              {"type": "portmap", "capabilities": {"portMappings": true}}]}
            """;

    private final ClusterPlan plan = Plans.of(1);
    private final Store store = new Store();
    private final Path state;
    private final NodeFiles files;
    private final Kubelet kubelet;
    private final KubeletPods pods;

    private KubeletNode(Path state) throws IOException {
        this.state = state;
        new ClusterNamespaces(plan, state).ensure();
        files = NodeFiles.of(state, plan.nodes().getFirst().name());
        OwnImage image = new OwnImage(state.resolve("image"));
        image.unpack();
        kubelet =
                new Kubelet(
                        plan.nodes().getFirst(),
                        files,
                        new OwnedNamespaces(state),
                        store,
                        image,
                        new KubeletSettings("v1.27.3", "0.1.0", "10.96.0.1", "secret", "CA"));
        kubelet.start();
        pods = new KubeletPods(List.of(kubelet));
    }

    static KubeletNode start(Path state) throws IOException {
        return new KubeletNode(state);
    }

    @Override
    public void close() throws IOException {
        kubelet.close();
        new NamespaceCleanup(plan.lab(), state).removeAll();
    }

    Store store() {
        return store;
    }

    NodeFiles files() {
        return files;
    }

    interface Check {
        boolean holds() throws Exception;
    }

    static void await(Check check) {
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

    ObjectNode awaitPod(String name, Predicate<ObjectNode> wanted) {
        try {
            await(() -> wanted.test(pod(name)));
        } catch (AssertionError e) {
            throw new AssertionError("pod " + name + ": " + pod(name).path("status"), e);
        }
        return pod(name);
    }

    void installCni() throws IOException {
        for (String plugin : List.of("bridge", "host-local", "portmap")) {
            Files.copy(Peer.CNI_PLUGINS.path(plugin), files.cniBin().resolve(plugin));
        }
        Files.writeString(files.cniConf().resolve("10-test.conflist"), CONFLIST);
    }

    void create(String name, String command, String more) throws IOException {
        store.create(
                ResourceType.POD,
                manifest(name, command, more, ProgramImage.REPOSITORY + ":0.1.0"));
    }

    ObjectNode manifest(String name, String command, String more, String image) throws IOException {
        return (ObjectNode)
                json(
                        """
                        {"apiVersion": "v1", "kind": "Pod",
                         "metadata": {"namespace": "default", "name": "%s"},
                         "spec": {"nodeName": "%s", "terminationGracePeriodSeconds": 1,
                          "containers": [{"name": "main", "image": "%s", "command": %s%s}]}}
                        """
                                .formatted(name, name(), image, command, more));
    }

    /** Returns the command of a server that answers each connection with one word. */
    static String listener(String port) {
        return "[\"python3\", \"-c\", \"import socket; s = socket.create_server(('', "
                + port
                + "))\\nwhile True: c = s.accept()[0]; c.sendall(b'hello'); c.close()\"]";
    }

    String ask(String host, int port) {
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

    /** Connects from outside; the node routes to its pods. */
    String askOnce(String host, int port) throws IOException {
        NetNamespace from =
                host.startsWith("10.244.")
                        ? NetNamespace.named(name())
                        : NetNamespace.named(plan.lab() + ".net");
        return from.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 500);
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    String exec(String pod, String... argv) throws Exception {
        try (var exec = pods.exec("default", pod, null, List.of(argv), false)) {
            String output = new String(exec.stdout().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(exec.waitFor()).isZero();
            return output;
        }
    }

    String log(String pod, LogOptions options) throws IOException {
        try (var log = pods.log("default", pod, null, options)) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Process process(String pod) {
        return kubelet.worker("default", pod)
                .orElseThrow()
                .containers()
                .find(null)
                .orElseThrow()
                .process()
                .orElseThrow();
    }

    ObjectNode node() {
        return store.get(ResourceType.NODE, "", name()).orElseThrow();
    }

    ObjectNode pod(String name) {
        return store.get(ResourceType.POD, "default", name).orElseThrow();
    }

    String name() {
        return plan.nodes().getFirst().name();
    }

    static String phase(JsonNode pod) {
        return pod.path("status").path("phase").asText();
    }

    static JsonNode container(JsonNode pod) {
        return pod.path("status").path("containerStatuses").path(0);
    }

    static JsonNode condition(JsonNode object, String type) {
        return object.path("status")
                .path("conditions")
                .valueStream()
                .filter(each -> each.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
