package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kubelet makes its node Ready and runs pods with any CNI. */
@Needs(Peer.CNI_PLUGINS)
class KubeletIT {

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
    void theNodeIsReadyOnceACniIsInstalled() throws IOException {
        assertThat(KubeletNode.condition(node.node(), "Ready").path("status").asText())
                .isEqualTo("False");
        assertThat(KubeletNode.condition(node.node(), "Ready").path("message").asText())
                .contains("cni plugin not initialized");

        node.installCni();

        KubeletNode.await(() ->
                KubeletNode.condition(node.node(), "Ready").path("status").asText().equals("True"));
        assertThat(node.node().path("status").path("addresses").path(0).path("address").asText())
                .isEqualTo("172.18.0.2");
    }

    @Test
    void setsUpAPodsNetworkWithThePlugins() throws Exception {
        node.installCni();
        node.create("web", KubeletNode.listener("8080"), "");
        ObjectNode web = node.awaitPod("web", pod -> KubeletNode.phase(pod).equals("Running"));

        assertThat(web.path("status").path("podIP").asText()).startsWith("10.244.0.");
        assertThat(KubeletNode.condition(web, "Ready").path("status").asText()).isEqualTo("True");
        assertThat(NetNamespace.named(node.name() + ".default.web").exists()).isTrue();
        assertThat(node.ask(web.path("status").path("podIP").asText(), 8080)).isEqualTo("hello");
    }

    @Test
    void mapsHostPortsWithTheChain() throws Exception {
        node.installCni();
        node.create(
                "web",
                KubeletNode.listener("8080"),
                ", \"ports\": [{\"containerPort\": 8080, \"hostPort\": 9090}]");
        node.awaitPod("web", pod -> KubeletNode.phase(pod).equals("Running"));

        assertThat(node.ask("172.18.0.2", 9090)).isEqualTo("hello");
    }

    @Test
    void reportsThatAPodWaitsForACni() throws Exception {
        node.create("early", "[\"sleep\", \"600\"]", "");

        KubeletNode.await(() ->
                node.store().list(ResourceType.EVENT).stream()
                        .anyMatch(event ->
                                event.path("reason").asText().equals("FailedCreatePodSandBox")));
        assertThat(KubeletNode.phase(node.pod("early"))).isEqualTo("Pending");
        node.installCni();
        node.awaitPod("early", pod -> KubeletNode.phase(pod).equals("Running"));
    }

    @Test
    void removesEverythingOfADeletedPod() throws Exception {
        node.installCni();
        node.create("gone", "[\"sh\", \"-c\", \"trap '' TERM; while :; do sleep 1; done\"]", "");
        node.awaitPod("gone", pod -> KubeletNode.phase(pod).equals("Running"));
        Process process = node.process("gone");

        node.store().delete(ResourceType.POD, "default", "gone", OptionalLong.of(1));
        KubeletNode.await(() -> node.store().get(ResourceType.POD, "default", "gone").isEmpty());

        assertThat(process.isAlive()).isFalse();
        assertThat(NetNamespace.named(node.name() + ".default.gone").path()).doesNotExist();
        try (Stream<Path> leases =
                Files.list(node.files().here(Path.of("/var/lib/cni/networks/test")))) {
            assertThat(leases.filter(file -> file.getFileName().toString().startsWith("10.")))
                    .isEmpty();
        }
        try (Stream<Path> results =
                Files.list(node.files().here(Path.of("/var/lib/cni/results")))) {
            assertThat(results).isEmpty();
        }
        assertThatThrownBy(() -> node.log("gone", KubeletNode.WHOLE_LOG))
                .isInstanceOf(ApiException.class);
    }
}
