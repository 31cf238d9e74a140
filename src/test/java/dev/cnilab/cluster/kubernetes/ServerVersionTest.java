package dev.cnilab.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The version reported at /version decides how manifests are applied. */
class ServerVersionTest {

    private static final String MANIFEST =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: default}\n";

    /** Versions of kubeadm's servers, k3s, GKE, EKS, and builds without linker flags. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|37|v1.37.2|PATCH",
                "''|''|v1.37.2|PATCH",
                "1|24+|v1.24.17-eks-43840fb|PATCH",
                "1|31|v1.31.4+k3s1|PATCH",
                "1|27+|v1.27.3-gke.100|PATCH",
                "1|22|v1.22.0|PATCH",
                "1|21|v1.21.14|GET",
                "''|''|v1.20.2|GET",
                "2|0|v2.0.0|PATCH",
            })
    void gitVersionDecidesHowToApply(String major, String minor, String git, String method)
            throws IOException {
        assertThat(firstRequestOfAnApply(major, minor, git)).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "v1", "v1.x"})
    void missingVersionIsReported(String git) {
        assertThatThrownBy(() -> firstRequestOfAnApply("", "", git))
                .isInstanceOf(IOException.class)
                .hasMessage("Kubernetes API: not a Kubernetes version: '" + git + "'");
    }

    /** Serves /version only; all other requests are rejected. */
    private static String firstRequestOfAnApply(String major, String minor, String git)
            throws IOException {
        List<String> methods = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/version",
                exchange -> {
                    byte[] version =
                            "{\"major\":\"%s\",\"minor\":\"%s\",\"gitVersion\":\"%s\"}"
                                    .formatted(major, minor, git)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, version.length);
                    exchange.getResponseBody().write(version);
                    exchange.close();
                });
        server.createContext(
                "/api/v1/namespaces/default/configmaps",
                exchange -> {
                    methods.add(exchange.getRequestMethod());
                    exchange.sendResponseHeaders(403, -1);
                    exchange.close();
                });
        server.start();
        try (KubernetesCluster cluster = new KubernetesCluster(kubeconfig(server))) {
            apply(cluster, methods);
        } finally {
            server.stop(0);
        }
        return methods.getFirst();
    }

    private static void apply(KubernetesCluster cluster, List<String> methods) throws IOException {
        try {
            cluster.objects().apply(MANIFEST);
        } catch (IOException e) {
            if (methods.isEmpty()) {
                throw e;
            }
        }
    }

    private static String kubeconfig(HttpServer server) {
        return """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        current-context: c
        """
                .formatted(server.getAddress().getPort());
    }
}
