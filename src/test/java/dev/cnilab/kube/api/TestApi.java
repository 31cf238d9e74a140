package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An API server on loopback with two namespaces, two nodes and a pod. */
final class TestApi implements AutoCloseable {
    static final String TOKEN = "the-token-of-this-test";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final Store store;
    final Kubeconfig kubeconfig;
    final int port;
    final Pki pki;
    private final ApiServer server;

    TestApi(Path directory, int historySize, Limits limits) throws IOException {
        store = new Store(Clock.systemUTC(), historySize);
        pki = Pki.open(directory.resolve("pki"));
        Authenticator authenticator = new Authenticator();
        authenticator.allow(TOKEN);
        server =
                new ApiServer(
                        store,
                        new LocalPods(),
                        authenticator,
                        TestApi::yaml,
                        pki.serverContext(Set.of("172.18.0.2")),
                        limits);
        ServerSocket socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        server.listen(socket);
        kubeconfig =
                new Kubeconfig(
                        "test", URI.create("https://127.0.0.1:" + port), pki.authorityPem(), TOKEN);
        fill();
    }

    TestApi(Path directory) throws IOException {
        this(directory, 4096, Limits.DEFAULT);
    }

    private void fill() {
        create(ResourceType.NAMESPACE, "{metadata: {name: default}}");
        create(ResourceType.NAMESPACE, "{metadata: {name: kube-system}}");
        for (int i = 0; i < 2; i++) {
            create(
                    ResourceType.NODE,
                    """
                    metadata: {name: node%d, labels: {zone: z%d, node-role.kubernetes.io/worker: ''}}
                    spec: {podCIDR: 10.244.%d.0/24}
                    status:
                      addresses: [{type: InternalIP, address: 172.18.0.%d}]
                      nodeInfo:
                        kubeletVersion: v1.32.0
                        kubeProxyVersion: v1.32.0
                        containerRuntimeVersion: lab://test
                        osImage: test
                        kernelVersion: '6'
                        operatingSystem: linux
                        architecture: amd64
                        machineID: ''
                        systemUUID: ''
                        bootID: ''
                      conditions: [{type: Ready, status: 'True'}]
                    """
                            .formatted(i, i, i, i + 2));
        }
        create(
                ResourceType.POD,
                """
                metadata: {name: demo, namespace: default, labels: {app: demo}}
                spec: {nodeName: node1, containers: [{name: demo, image: demo}]}
                status:
                  phase: Running
                  podIP: 10.244.1.6
                  containerStatuses: [{name: demo, image: demo, imageID: '', ready: true, restartCount: 2, state: {running: {}}}]
                """);
    }

    ObjectNode create(ResourceType type, String yaml) {
        return store.create(type, yaml(yaml));
    }

    static ObjectNode yaml(String text) {
        try {
            JsonNode node =
                    MAPPER.valueToTree(
                            new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
            return (ObjectNode) node;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Serves on a further socket. */
    void listen(ServerSocket socket) {
        server.listen(socket);
    }

    /** False if the server has reached its limit of connections. */
    boolean hasRoom() throws GeneralSecurityException {
        try (RawClient client = new RawClient(port)) {
            client.get("/healthz");
            return client.code() == 200;
        } catch (IOException full) {
            return false;
        }
    }

    /** Waits until the server has freed a connection. */
    void awaitRoom() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!hasRoom()) {
            assertThat(System.nanoTime()).as("60 s are over").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
