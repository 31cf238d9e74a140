package dev.cnilab.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.NodeFileWriter;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.TestProgress;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two nodes with its background process and CNI's reference plugins. */
class EmbeddedProviderIT {

    private static final Duration BUDGET = Duration.ofSeconds(30);

    private static final String DAEMON_SET =
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: web, namespace: default}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: web
                      image: localhost/cnilab/lab:0.1.0
                      command: [sh, -c, "echo started; exec sleep 600"]
            """;

    @TempDir private Path folder;

    private final EmbeddedProvider provider =
            new EmbeddedProvider(new Preflight(List.of()), "test");
    private final LabSpec spec = spec();

    private static LabSpec spec() {
        try {
            return SpecLoader.load("flannel-ipip")
                    .withName("t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24)));
        } catch (dev.cnilab.spec.SpecException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void takeDown() throws IOException {
        down();
    }

    @Test
    @Needs(Peer.CNI_PLUGINS)
    void createsAClusterRunsPodsAndDeletesEverything() throws IOException {
        up();
        try (Cluster cluster = provider.open(spec.name(), folder).orElseThrow()) {
            assertThat(cluster.nodes())
                    .extracting(node -> node.name(), node -> node.ready())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    spec.name() + "-control-plane", false),
                            org.assertj.core.groups.Tuple.tuple(spec.name() + "-worker", false));
            installCni(cluster);
            assertThat(
                            cluster.await(
                                    () -> cluster.nodes().stream().allMatch(n -> n.ready()),
                                    BUDGET))
                    .isTrue();
            cluster.untaint();
            cluster.objects().apply(DAEMON_SET);
            assertThat(cluster.await(() -> running(cluster) == 2, BUDGET))
                    .as(() -> describe(cluster))
                    .isTrue();

            Pod pod = cluster.pods().getFirst();
            assertThat(cluster.logs(pod.namespace(), pod.name(), 10)).isEqualTo("started\n");
            Place inPod = new Place.InPod(pod.namespace(), pod.name());
            ExecResult result =
                    cluster.exec(inPod, List.of("sh", "-c", "ls /sys/class/net; exit 3"), BUDGET);
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.stdout()).contains("eth0");
            Place onNode = new Place.OnNode(spec.name() + "-control-plane");
            assertThat(
                            cluster.exec(onNode, List.of("cat", spec.recorder().file()), BUDGET)
                                    .stdout())
                    .contains("[LINK]")
                    .contains("cni0");
        }
        down();

        assertThat(folder).isEmptyDirectory();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    @Needs(Peer.CNI_PLUGINS)
    void afterTheProcessIsKilledTheNextUpRecovers() throws IOException {
        up();
        try (Cluster cluster = provider.open(spec.name(), folder).orElseThrow()) {
            installCni(cluster);
            cluster.untaint();
            cluster.objects().apply(DAEMON_SET);
            assertThat(cluster.await(() -> running(cluster) == 2, BUDGET)).isTrue();
        }
        String before = objects();
        assertThat(before).contains("DaemonSet web ");
        DaemonRecord first = new DaemonProcess(new ClusterState(folder)).running().orElseThrow();
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        ProcessHandle.of(first.pid()).ifPresent(handle -> handle.onExit().join());
        assertThat(provider.open(spec.name(), folder)).isEmpty();

        up();

        try (Cluster cluster = provider.open(spec.name(), folder).orElseThrow()) {
            assertThat(objects()).isEqualTo(before);
            assertThat(cluster.await(() -> running(cluster) == 2, BUDGET))
                    .as(() -> describe(cluster))
                    .isTrue();
        }
    }

    /** Returns the objects' identity and version, except for those that change by themselves. */
    private String objects() throws IOException {
        Config config = Config.fromKubeconfig(new ClusterState(folder).kubeconfig().toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build()) {
            List<HasMetadata> all = new ArrayList<>();
            all.addAll(client.namespaces().list().getItems());
            all.addAll(client.services().inAnyNamespace().list().getItems());
            all.addAll(client.configMaps().inAnyNamespace().list().getItems());
            Stream<String> sets =
                    client.apps().daemonSets().inAnyNamespace().list().getItems().stream()
                            .map(set -> "DaemonSet web " + set.getMetadata().getUid());
            Stream<String> others =
                    all.stream()
                            .map(object ->
                                    "%s %s %s %s"
                                            .formatted(
                                                    object.getKind(),
                                                    object.getMetadata().getName(),
                                                    object.getMetadata().getUid(),
                                                    object.getMetadata().getResourceVersion()));
            return Stream.concat(sets, others).collect(Collectors.joining("\n"));
        }
    }

    private NodeNetwork network() {
        return provider.network().orElseThrow();
    }

    private void up() throws IOException {
        network().create(spec, folder);
        provider.createCluster(spec, folder, Downloads.of(Map.of(), false), TestProgress.ignored());
    }

    private void down() throws IOException {
        provider.deleteCluster(spec.name(), folder, false, line -> {});
        network().delete(spec.name(), folder);
    }

    private static void installCni(Cluster cluster) throws IOException {
        NodeFileWriter files = cluster.nodeFiles().orElseThrow();
        for (var node : cluster.nodes()) {
            for (String plugin : List.of("bridge", "host-local")) {
                files.write(
                        node.name(),
                        "/opt/cni/bin/" + plugin,
                        Files.readAllBytes(Peer.CNI_PLUGINS.path(plugin)),
                        true);
            }
            String conflist =
                    """
                    {"cniVersion": "1.0.0", "name": "test", "plugins": [
                      {"type": "bridge", "bridge": "cni0", "isGateway": true,
                       "ipam": {"type": "host-local", "ranges": [[{"subnet": "%s"}]],
                                "routes": [{"dst": "0.0.0.0/0"}]}}]}
                    """
                            .formatted(node.podSubnet().orElseThrow());
            files.write(
                    node.name(),
                    "/etc/cni/net.d/10-test.conflist",
                    conflist.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    false);
        }
    }

    private static long running(Cluster cluster) throws IOException {
        return cluster.pods().stream().filter(pod -> pod.ready() && pod.ip().isPresent()).count();
    }

    private static String describe(Cluster cluster) {
        try {
            return cluster.pods() + "\n" + cluster.nodes();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> leftovers() throws IOException {
        if (!Files.isDirectory(NetNamespace.DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(NetNamespace.DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(spec.name()))
                    .toList();
        }
    }
}
