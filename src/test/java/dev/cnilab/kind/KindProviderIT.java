package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.TestProgress;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kind.preflight.KindRequirements;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failures with a real engine and a real kind that need no complete cluster. LAB_NODE_IMAGE is a
 * node image that the engine has.
 */
@Tag("real-kind")
class KindProviderIT {

    private static final String LAB = "bad-day";
    private static final String NETWORK = "bad-day-net";
    private static final Duration DOCKER = Duration.ofMinutes(1);

    @TempDir private Path folder;
    @TempDir private Path cache;

    @AfterEach
    void takeAllAway() throws IOException {
        provider().deleteCluster(LAB, folder, false, line -> {});
        Command.of("docker", "rm", "-f", LAB + "-control-plane").run(DOCKER);
        Command.of("docker", "network", "rm", NETWORK, "holder").run(DOCKER);
    }

    @Test
    @TypesRemedyOf("kind.KindNetwork.exists")
    void differingNetworkIsRejectedWithItsDifferences() throws Exception {
        docker("network", "create", "--subnet", "172.29.0.0/16", NETWORK);

        Failure failure = failure(() -> network().exists(spec(), folder));

        assertThat(failure.id()).isEqualTo("network-differs");
        assertThat(failure.evidence())
                .contains("IPv4 subnets [172.29.0.0/16], expected 172.28.0.0/16")
                .contains("IPv6 is off");
        assertThat(failure.remedy().script()).isEqualTo("docker network rm " + NETWORK);
        TypedFix.here(folder).type(failure.remedy().script());
        assertThat(network().exists(spec(), folder)).isFalse();
    }

    @Test
    @TypesRemedyOf("kind.KindNetwork.create")
    void networkWithTheSameSubnetIsNamed() throws Exception {
        docker("network", "create", "--subnet", "172.28.0.0/16", "holder");

        Failure failure = failure(() -> network().create(spec(), folder));

        assertThat(failure.id()).isEqualTo("subnet-taken");
        assertThat(failure.evidence()).contains("the Docker network holder");
        TypedFix.here(folder).type(failure.remedy().script());
        network().create(spec(), folder);
    }

    @Test
    void onlyNetworksOfLabsAreRemoved() throws Exception {
        network().create(spec(), folder);
        assertThat(network().exists(spec(), folder)).isTrue();
        network().delete(LAB, folder);
        network().delete(LAB, folder);
        assertThat(network().exists(spec(), folder)).isFalse();

        docker(
                "network",
                "create",
                "--ipv6",
                "--subnet",
                "172.28.0.0/16",
                "--subnet",
                "fd00:172:28:1::/64",
                NETWORK);
        assertThat(network().exists(spec(), folder)).isTrue();
        network().delete(LAB, folder);
        assertThat(network().exists(spec(), folder)).isTrue();
    }

    @Test
    @TypesRemedyOf("kind.KindProvider.requireFree")
    void otherClusterOfThatNameIsLeftUnchanged() throws Exception {
        docker(
                "create",
                "--name",
                LAB + "-control-plane",
                "--label",
                "io.x-k8s.kind.cluster=" + LAB,
                System.getenv("LAB_NODE_IMAGE"));

        Failure failure = failure(this::create);
        assertThat(failure.id()).isEqualTo("cluster-name-taken");

        provider().deleteCluster(LAB, folder, false, line -> {});
        // As after a race: this lab started the creation before the other cluster existed.
        new KindRecord("", NETWORK, true, List.of(), true).write(folder);
        provider().deleteCluster(LAB, folder, false, line -> {});
        assertThat(nodes()).contains(LAB + "-control-plane");
        assertThat(provider().remains(LAB, folder)).isFalse();

        TypedFix.here(folder).type(failure.remedy().script());
        assertThat(nodes()).doesNotContain(LAB + "-control-plane");
    }

    @Test
    void missingImageIsNamedAndNothingRemains() throws Exception {
        network().create(spec(), folder);
        LabSpec nowhere = spec().withNodeImage("127.0.0.1:1/nobody/node:v1");

        Failure failure = failure(() -> create(nowhere, line -> {}, Cluster::close));

        assertThat(failure.id()).isEqualTo("image-not-found");
        assertThat(failure.evidence()).contains("127.0.0.1:1/nobody/node:v1");
        provider().deleteCluster(LAB, folder, false, line -> {});
        assertThat(nodes()).isEmpty();
    }

    @Test
    void interruptWhileKindRunsIsRolledBack() throws Exception {
        network().create(spec(), folder);
        Thread caller = Thread.currentThread();

        Throwable thrown =
                catchThrowable(() ->
                        create(
                                spec(),
                                line -> {
                                    if (line.contains("Preparing nodes")) {
                                        caller.interrupt();
                                    }
                                },
                                Cluster::close));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertThat(nodes()).isNotEmpty();
        provider().deleteCluster(LAB, folder, false, line -> {});
        assertThat(nodes()).isEmpty();
        assertThat(provider().open(LAB, folder)).isEmpty();
    }

    /**
     * The worker's join never completes. After an interrupt the unfinished cluster does not count
     * as existing.
     */
    @Test
    void clusterIsAvailableWhileAWorkerJoins() throws Exception {
        network().create(spec(), folder);
        Thread caller = Thread.currentThread();
        List<String> nodes = new CopyOnWriteArrayList<>();

        Throwable thrown =
                catchThrowable(() ->
                        create(
                                spec().withNodes(2),
                                line -> {
                                    if (line.contains("Starting control-plane")) {
                                        keepFromJoining(LAB + "-worker");
                                    }
                                },
                                cluster -> {
                                    names(cluster).forEach(nodes::add);
                                    cluster.close();
                                    caller.interrupt();
                                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertThat(nodes).containsExactly(LAB + "-control-plane");
        assertThat(provider().open(LAB, folder)).isEmpty();
        provider().deleteCluster(LAB, folder, false, line -> {});
        assertThat(nodes()).isEmpty();
    }

    private static void keepFromJoining(String node) {
        try {
            String script = "printf '#!/bin/sh\\nexec sleep 120\\n' >/usr/bin/kubeadm";
            docker("exec", node, "sh", "-c", script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Cluster cluster) {
        try {
            return cluster.nodes().stream().map(Node::name).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void staleKubeconfigLockIsRemoved() throws Exception {
        Files.createFile(folder.resolve("kubeconfig.lock"));
        network().create(spec(), folder);
        LabSpec nowhere = spec().withNodeImage("127.0.0.1:1/nobody/node:v1");

        assertThat(failure(() -> create(nowhere, line -> {}, Cluster::close)).id())
                .isEqualTo("image-not-found");
        assertThat(folder.resolve("kubeconfig.lock")).doesNotExist();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static Failure failure(Attempt attempt) {
        return catchThrowableOfType(Failure.class, attempt::run);
    }

    private void create() throws Exception {
        create(spec(), line -> {}, Cluster::close);
    }

    private void create(LabSpec spec, Consumer<String> progress, Consumer<Cluster> serving)
            throws IOException {
        provider().createCluster(spec, folder, downloads(), new TestProgress(progress, serving));
    }

    private NodeNetwork network() {
        return provider().network().orElseThrow();
    }

    private KindProvider provider() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        return new KindProvider(
                environment, new Preflight(List.of(new KindRequirements(environment))), "test");
    }

    private Downloads downloads() {
        return new Downloads(cache, false, Optional.empty());
    }

    private static LabSpec spec() throws SpecException {
        String text =
                SpecLoader.find("flannel-ipip")
                        .text()
                        .replace("name: kind", "name: " + NETWORK)
                        .replace("172.18.0", "172.28.0")
                        .replace("fd00:172:18:", "fd00:172:28:");
        return SpecLoader.load(new LabSource("bad-day", text, Optional.empty()))
                .withName(LAB)
                .withNodes(1)
                .withNodeImage(System.getenv("LAB_NODE_IMAGE"));
    }

    private static List<String> nodes() throws IOException {
        return docker(
                        "ps",
                        "-a",
                        "--filter",
                        "label=io.x-k8s.kind.cluster=" + LAB,
                        "--format",
                        "{{.Names}}")
                .lines()
                .toList();
    }

    private static String docker(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        ExecResult result = Command.of(argv).run(DOCKER);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }
}
