package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster reports to {@code up} while the DaemonSet controller lags behind. */
class LateControllerTest {

    private static final String TOKEN = "the-token-of-this-test";

    private final ControlledCluster cluster = new ControlledCluster();
    private ApiServer server;
    private KubernetesCluster api;

    @BeforeEach
    void serve(@TempDir Path folder) throws IOException {
        Pki pki = Pki.open(folder.resolve("pki"));
        Authenticator authenticator = new Authenticator();
        authenticator.allow(TOKEN);
        server =
                new ApiServer(
                        cluster.store,
                        new KubeletPods(List.of()),
                        authenticator,
                        text -> Manifests.objects(text).getFirst(),
                        pki.serverContext(Set.of("127.0.0.1")),
                        Limits.DEFAULT);
        ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.listen(socket);
        Path kubeconfig = folder.resolve("kubeconfig");
        URI address = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        new Kubeconfig("late", address, pki.authorityPem(), TOKEN).write(kubeconfig);
        api = new KubernetesCluster(kubeconfig);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
        server.close();
        cluster.close();
    }

    /** It saw the node with its taint, and has not looked since the taint was removed. */
    @Test
    void aWorkloadIsUnsettledUntilItHasPodsOnItsNodes() throws IOException {
        cluster.node("a");
        taint("[{'key': 'lab', 'effect': 'NoSchedule'}]");
        cluster.create(
                ResourceType.DAEMON_SET,
                """
                {'metadata': {'namespace': 'default', 'name': 'demo'},
                 'spec': {'selector': {'matchLabels': {'app': 'demo'}},
                  'template': {'metadata': {'labels': {'app': 'demo'}},
                   'spec': {'containers': []}}}}
                """);
        cluster.eventually(
                () -> cluster.get(ResourceType.DAEMON_SET, "default", "demo").status(),
                status -> status.path("observedGeneration").asInt() == 1);
        assertThat(api.unsettled(Map.of())).isEmpty();

        cluster.stopControllers();
        taint("[]");

        assertThat(cluster.pods()).isEmpty();
        assertThat(api.unsettled(Map.of()))
                .containsExactly("DaemonSet default/demo has 0 of 1 pods, 0 available");

        cluster.startControllers();
        cluster.eventually(cluster::pods, pods -> pods.size() == 1, cluster::kubelets);
        cluster.eventually(this::unsettled, List::isEmpty, cluster::kubelets);
    }

    private List<String> unsettled() {
        try {
            return api.unsettled(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void taint(String taints) {
        cluster.store.update(
                ResourceType.NODE,
                "",
                "a",
                node -> {
                    node.withObject("/spec").set("taints", taints(taints));
                    return node;
                });
    }

    private static JsonNode taints(String text) {
        return ControlledCluster.json("{'taints': " + text + "}").path("taints");
    }
}
