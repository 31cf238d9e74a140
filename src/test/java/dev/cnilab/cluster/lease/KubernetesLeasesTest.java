package dev.cnilab.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.backend.IpipBackend;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.cni.lease.LeaseSource;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases over fabric8 and the in-process API server. */
class KubernetesLeasesTest {

    private static final String TOKEN = "the-token-of-this-test";
    private static final Lease A =
            new Lease(
                    "a",
                    Ipv4Prefix.parse("10.244.0.0/24"),
                    Ipv4Address.parse("172.18.0.2"),
                    IpipBackend.TYPE,
                    "null");

    @TempDir Path folder;
    private Store store;
    private ApiServer api;
    private KubernetesLeases leases;

    @BeforeEach
    void serve() throws IOException {
        store = new Store();
        Pki pki = Pki.open(folder.resolve("pki"));
        Authenticator authenticator = new Authenticator();
        authenticator.allow(TOKEN);
        api =
                new ApiServer(
                        store,
                        new KubeletPods(List.of()),
                        authenticator,
                        text -> Manifests.objects(text).getFirst(),
                        pki.serverContext(Set.of("127.0.0.1")),
                        Limits.DEFAULT);
        ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        api.listen(socket);
        Path kubeconfig = folder.resolve("kubeconfig");
        URI address = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        new Kubeconfig("test", address, pki.authorityPem(), TOKEN).write(kubeconfig);
        node("{name: a}", "{podCIDR: 10.244.0.0/24}");
        leases = leasesOf("a", kubeconfig);
    }

    @AfterEach
    void stop() throws IOException {
        leases.close();
        api.close();
    }

    @Test
    void subnetIsTheNodesPodCidr() throws IOException {
        assertThat(leases.own()).isEqualTo(new LeaseSource.Own(A.subnet(), Optional.empty()));
    }

    @Test
    void publicIpOverwriteIsRead() throws IOException {
        node(
                "{name: b, annotations: {flannel.alpha.coreos.com/public-ip-overwrite: 192.0.2.1}}",
                "{podCIDRs: ['fd00::/64', 10.244.1.0/24]}");
        try (KubernetesLeases ofB = leasesOf("b", folder.resolve("kubeconfig"))) {
            assertThat(ofB.own())
                    .isEqualTo(
                            new LeaseSource.Own(
                                    Ipv4Prefix.parse("10.244.1.0/24"),
                                    Optional.of(Ipv4Address.parse("192.0.2.1"))));
        }
    }

    @Test
    void missingNodeOrPodCidrIsReported() throws IOException {
        node("{name: bare}", "{}");
        try (KubernetesLeases bare = leasesOf("bare", folder.resolve("kubeconfig"));
                KubernetesLeases absent = leasesOf("absent", folder.resolve("kubeconfig"))) {
            assertThatThrownBy(bare::own)
                    .hasMessageContaining("node 'bare' has no podCIDR")
                    .hasMessageContaining("--allocate-node-cidrs=true");
            assertThatThrownBy(absent::own).hasMessageContaining("no node 'absent'");
        }
    }

    @Test
    void writesFlannelsAnnotations() throws IOException {
        leases.publish(A, TunnelDriver.USER_SPACE);
        leases.publish(A, TunnelDriver.USER_SPACE);
        leases.publishReady();

        ObjectNode node = store.get(ResourceType.NODE, "", "a").orElseThrow();
        JsonNode annotations = node.at("/metadata/annotations");
        String prefix = "flannel.alpha.coreos.com/";
        assertThat(annotations.path(prefix + "kube-subnet-manager").asText()).isEqualTo("true");
        assertThat(annotations.path(prefix + "backend-type").asText()).isEqualTo("ipip");
        assertThat(annotations.path(prefix + "backend-data").asText()).isEqualTo("null");
        assertThat(annotations.path(prefix + "public-ip").asText()).isEqualTo("172.18.0.2");
        JsonNode condition = node.at("/status/conditions/0");
        assertThat(condition.path("type").asText()).isEqualTo("NetworkUnavailable");
        assertThat(condition.path("status").asText()).isEqualTo("False");
        assertThat(condition.path("reason").asText()).isEqualTo("FlannelIsUp");
    }

    @Test
    void reportsAddedAndDeletedNodes() throws Exception {
        leases.publish(A, TunnelDriver.KERNEL);
        BlockingQueue<List<Lease>> reports = new LinkedBlockingQueue<>();
        leases.watch(reports::add);
        assertThat(next(reports)).containsExactly(A);

        String annotations =
                "{flannel.alpha.coreos.com/kube-subnet-manager: 'true', flannel.alpha.coreos.com/backend-type: ipip, flannel.alpha.coreos.com/public-ip: 172.18.0.3}";
        node("{name: b, annotations: %s}".formatted(annotations), "{podCIDR: 10.244.1.0/24}");
        Lease b =
                new Lease(
                        "b",
                        Ipv4Prefix.parse("10.244.1.0/24"),
                        Ipv4Address.parse("172.18.0.3"),
                        IpipBackend.TYPE,
                        "null");
        assertThat(next(reports)).containsExactlyInAnyOrder(A, b);

        store.delete(ResourceType.NODE, "", "b");
        assertThat(next(reports)).containsExactly(A);
    }

    private static List<Lease> next(BlockingQueue<List<Lease>> reports)
            throws InterruptedException {
        List<Lease> report = reports.poll(20, TimeUnit.SECONDS);
        assertThat(report).as("a report within 20 s").isNotNull();
        return report;
    }

    private static KubernetesLeases leasesOf(String node, Path kubeconfig) throws IOException {
        return KubernetesLeases.connect(Optional.of(kubeconfig), Map.of(), node, line -> {});
    }

    private void node(String metadata, String spec) {
        String yaml =
                "{apiVersion: v1, kind: Node, metadata: %s, spec: %s}".formatted(metadata, spec);
        store.create(ResourceType.NODE, Manifests.objects(yaml).getFirst());
    }
}
