package dev.cnilab.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespaceDirectory;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterNamespacesIT {

    @TempDir private Path state;

    private ClusterPlan plan = Plans.of(2);

    @AfterEach
    void removeNamespaces() throws IOException {
        new NamespaceCleanup(plan.lab(), state).removeAll();
    }

    @Test
    void nodesReachEachOtherAndTheOutside() throws IOException {
        new ClusterNamespaces(plan, state).ensure();

        assertReaches(node(0), "172.18.0.3", node(1));
        assertReaches(node(1), "fd00:172:18:1::2", node(0));
        assertReaches(BridgeNamespace.namespace(plan.lab()), "172.18.0.3", node(1));
        assertReaches(node(0), "172.18.0.1", BridgeNamespace.namespace(plan.lab()));
    }

    @Test
    void nodesHaveTheKernelParametersOfKindsNodes() throws IOException {
        new ClusterNamespaces(plan, state).ensure();

        for (String key :
                List.of(
                        "net.ipv4.ip_forward",
                        "net.ipv4.conf.all.rp_filter",
                        "net.ipv4.conf.eth0.rp_filter")) {
            assertThat(node(0).call(() -> new Sysctl(key).read())).as(key).isEqualTo("1");
        }
    }

    @Test
    void ensureKeepsWhatIsValid() throws IOException {
        new ClusterNamespaces(plan, state).ensure();
        int before = eth0(node(1));

        new ClusterNamespaces(plan, state).ensure();

        assertThat(eth0(node(1))).isEqualTo(before);
    }

    @Test
    void repairsIncompleteAndWrongState() throws IOException {
        new ClusterNamespaces(plan, state).ensure();
        try (Connection connection = Connection.open(node(1))) {
            new Links(connection).delete("eth0");
        }
        node(0).delete();
        Files.createFile(
                node(0).path()); // left by a kill between creating the file and mounting the
        // namespace

        new ClusterNamespaces(plan, state).ensure();

        assertReaches(node(0), "172.18.0.3", node(1));
    }

    @Test
    void removesEverythingIncludingRunningProcesses() throws IOException {
        new ClusterNamespaces(plan, state).ensure();
        Process sleeper =
                NodeFiles.of(state, plan.nodes().get(1).name())
                        .enclosure(plan.nodes().get(1).name())
                        .start(Command.of("sleep", "600"));
        new OwnedNamespaces(state).ensure(plan.nodes().get(1).name() + ".default.a.b");

        new NamespaceCleanup(plan.lab(), state).removeAll();
        new NamespaceCleanup(plan.lab(), state).removeAll();

        assertThat(sleeper.isAlive()).isFalse();
        assertThat(names()).noneMatch(name -> name.startsWith(plan.lab()));
    }

    @Test
    void keepsALabWithTheSameNamePrefix() throws IOException {
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        // As ip netns and lab do before they create a name.
        NamespaceDirectory.share();
        NetNamespace other = NetNamespace.named(plan.lab() + "-control-plane.net");
        NetNamespace.create(other.path());
        try {
            new ClusterNamespaces(plan, state).ensure();
            new NamespaceCleanup(plan.lab(), state).removeAll();

            assertThat(other.exists()).isTrue();
        } finally {
            other.delete();
            OwnedNamespaces.prune();
        }
        assertThat(Path.of("/proc/self/mountinfo")).hasContent(mounts);
    }

    @Test
    void theFirstOfTwentyNodesReachesTheLast() throws IOException {
        plan = Plans.of(20);

        new ClusterNamespaces(plan, state).ensure();

        assertReaches(node(19), "172.18.0.2", node(0));
    }

    @Test
    void aNodeHasItsOwnFilesAndSeesLaterNamespaces() throws IOException {
        new ClusterNamespaces(plan, state).ensure();
        NodeFiles files = NodeFiles.of(state, plan.nodes().get(0).name());
        Files.writeString(files.here(Path.of("/run/own")), "of the node");
        String script =
                "cat /run/own; read line; stat -f -c %T /run/netns/" + plan.lab() + "-worker9";
        Process process =
                files.enclosure(plan.nodes().get(0).name()).start(Command.of("sh", "-c", script));
        new OwnedNamespaces(state).ensure(plan.lab() + "-worker9");
        process.getOutputStream().write('\n');

        ExecResult result = Command.await(List.of("sh"), process, Duration.ofSeconds(10));

        assertThat(result.stdout()).isEqualTo("of the nodensfs\n");
    }

    private NetNamespace node(int index) {
        return NetNamespace.named(plan.nodes().get(index).name());
    }

    private static int eth0(NetNamespace namespace) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            return new Links(connection).get("eth0").index();
        }
    }

    private static List<String> names() throws IOException {
        if (!Files.isDirectory(NetNamespace.DIRECTORY)) {
            return List.of();
        }
        try (var files = Files.list(NetNamespace.DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void assertReaches(NetNamespace from, String address, NetNamespace to)
            throws IOException {
        try (ServerSocket server =
                to.call(() -> new ServerSocket(0, 1, InetAddress.getByName(address)))) {
            from.run(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, server.getLocalPort()), 2000);
                }
            });
        }
    }
}
