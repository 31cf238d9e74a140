package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BundledLabTest {

    private final LabSpec lab = SpecLoader.load("flannel-ipip");

    BundledLabTest() throws SpecException {}

    @Test
    void isTheTutorial() {
        assertThat(lab.name()).isEqualTo("flannel-ipip");
        assertThat(lab.host().sysctls())
                .isEqualTo(
                        Map.of(
                                "fs.inotify.max_user_watches", 524288L,
                                "fs.inotify.max_user_instances", 512L));
        assertThat(lab.network())
                .isEqualTo(
                        new NetworkSpec(
                                "kind",
                                new NetworkSpec.Ipv4(
                                        Ipv4Prefix.parse("172.18.0.0/16"),
                                        Ipv4Address.parse("172.18.0.1")),
                                new NetworkSpec.Ipv6(
                                        Ipv6Prefix.parse("fd00:172:18:1::/64"),
                                        Ipv6Prefix.parse("fd00:172:18:1::1/64"))));
        assertThat(lab.kubernetes())
                .isEqualTo(
                        new KubernetesSpec(
                                "v1.27.3",
                                ClusterSchemas.NODE_IMAGE,
                                Ipv4Prefix.parse("10.244.0.0/16"),
                                Ipv4Prefix.parse("10.96.0.0/16"),
                                true,
                                true));
        assertThat(lab.nodeNames())
                .containsExactly("flannel-ipip-control-plane", "flannel-ipip-worker");
        assertThat(lab.recorder()).isEqualTo(RecorderSpec.DEFAULT);
        assertThat(lab.cni())
                .isEqualTo(
                        new CniSpec.LabIpip(
                                Ipv4Prefix.parse("10.244.0.0/16"),
                                false,
                                OptionalInt.empty(),
                                true,
                                new CniSpec.ExternalInterface.Named("eth0")));
        assertThat(lab.workloads()).hasSize(1);
    }

    @Test
    void hasEveryStepOfTheTutorialInOrder() {
        assertThat(lab.verify().steps().stream().map(StepSpec::name))
                .containsExactly(
                        "nodes-ready",
                        "system-pods",
                        "demo-pods",
                        "node-to-pod",
                        "pod-to-pod",
                        "pod-routes",
                        "pod-eth0",
                        "node-cni0",
                        "first-hop",
                        "tunnel-device",
                        "node-routes",
                        "capture-sanity",
                        "capture-hops",
                        "largest-payload",
                        "cluster-ip-from-pod",
                        "cluster-ip-from-node",
                        "node-port-from-node",
                        "node-port-from-pod",
                        "node-port-from-outside",
                        "own-service");
        assertThat(lab.verify().steps().getFirst().budget()).isEqualTo(Duration.ofMinutes(2));
        assertThat(lab.verify().steps().getLast().budget()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void containsNoPodAddress() {
        for (StepSpec step : lab.verify().steps()) {
            assertThat(step.probe().toString()).doesNotContain("10.244");
        }
    }

    @Test
    void everyLabFileIsBundled() throws Exception {
        try (var files = Files.list(Path.of("labs"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", ""))
                            .toList();
            assertThat(SpecLoader.bundled()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void loadsTheSameByPath() throws Exception {
        assertThat(SpecLoader.load("labs/flannel-ipip.yaml")).isEqualTo(lab);
        assertThat(SpecLoader.find("labs/flannel-ipip.yaml").folder())
                .isEqualTo(Optional.of(Path.of("labs").toAbsolutePath()));
    }
}
