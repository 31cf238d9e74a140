package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.FileTree;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetworkState;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts without Kubernetes, with podman and lab's CNI. */
@Needs({Peer.PODMAN, Peer.CRUN, Peer.CONMON, Peer.BUSYBOX})
class PodmanIT {

    private static final String LEASES =
            """
            {"nodes": [
              {"node": "a", "subnet": "10.244.0.0/24", "publicIp": "192.0.2.1"},
              {"node": "b", "subnet": "10.244.1.0/24", "publicIp": "192.0.2.2"}]}
            """;
    private static final String NET_CONF =
            """
            {"Network": "10.244.0.0/16", "Backend": {"Type": "ipip"}}
            """;

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path folder;
    private final List<PodmanHost> nodes = new ArrayList<>();
    private Path rootfs;

    @BeforeEach
    void makeTwoMachines() throws Exception {
        rootfs = rootfs();
        NetNamespace a = sandbox.namespace();
        NetNamespace b = sandbox.namespace();
        Scene.in(a).veth("eth0", "eth0", b);
        join("a", a, "192.0.2.1/24");
        join("b", b, "192.0.2.2/24");
    }

    @AfterEach
    void closeThem() throws IOException {
        for (PodmanHost node : nodes) {
            node.close();
        }
    }

    @Test
    void containersOfTwoMachinesReachEachOther() throws Exception {
        PodmanHost a = nodes.get(0);
        PodmanHost b = nodes.get(1);
        // Without the plugin's own JVM only the agent can serve the call.
        FileTree.delete(b.bin.resolve("lab-ipip.d"));
        container(b, List.of("--detach", "--name", "web"), "httpd", "-f", "-p", "8080");
        assertThat(b.reserved()).containsExactly("10.244.1.2");

        assertThat(
                        container(
                                a,
                                List.of("--rm"),
                                "sh",
                                "-c",
                                "echo 'GET /greeting HTTP/1.0\n' | nc 10.244.1.2 8080"))
                .contains("200 OK")
                .endsWith("hello\n");
        assertThat(container(a, List.of("--rm"), "ip", "address", "show", "eth0"))
                .contains("mtu 1480", "inet 10.244.0.3/24");
        assertThat(a.reserved()).isEmpty();

        b.podman("rm", "--force", "--time", "0", "web");
        assertThat(b.reserved()).isEmpty();
    }

    @Test
    void uninstallRemovesEverything() throws Exception {
        PodmanHost a = nodes.getFirst();
        container(a, List.of("--rm"), "true");
        assertThat(links(a)).contains("flannel.ipip", "cni0");

        a.stop();
        // Without the agent the plugin runs in its own JVM.
        container(a, List.of("--rm"), "true");
        for (int time = 0; time < 2; time++) {
            a.lab(
                    "cni",
                    "uninstall",
                    "--bin-dir",
                    a.bin.toString(),
                    "--conf-dir",
                    a.conf.toString());
        }

        assertThat(links(a)).containsExactly("eth0", "lo");
        assertThat(NetworkState.of(a.namespace))
                .filteredOn(line -> line.startsWith("route ") || line.startsWith("nft "))
                .filteredOn(line -> !line.contains("table 255") && !line.contains(":"))
                .containsExactly("route 192.0.2.0/24 dev eth0 src 192.0.2.1");
        assertThat(a.bin).isEmptyDirectory();
        assertThat(a.conf).isDirectoryNotContaining("glob:**lab-ipip*");
        assertThat(folder.resolve("a/run/flannel")).isEmptyDirectory();
        assertThat(folder.resolve("a/run/lab-cni")).isEmptyDirectory();
        assertThat(folder.resolve("a/cni/lab-ipip")).doesNotExist();
    }

    @Test
    void pluginInUseIsNotRemoved() throws Exception {
        PodmanHost a = nodes.getFirst();
        container(a, List.of("--detach", "--name", "web"), "httpd", "-f", "-p", "8080");
        String[] uninstall = {
            "cni", "uninstall", "--bin-dir", a.bin.toString(), "--conf-dir", a.conf.toString()
        };

        assertThat(a.lab("cni", "list")).matches("10\\.244\\.0\\.2 veth[0-9a-f]{8} [0-9a-f]{64}\n");
        assertThatThrownBy(() -> a.lab(uninstall))
                .hasMessageContaining("error[pods-attached]")
                .hasMessageContaining("10.244.0.2 veth");
        assertThat(container(a, List.of("--rm"), "ip", "address", "show", "eth0"))
                .contains("inet 10.244.0.3/24");

        a.lab("cni", "cordon");
        assertThatThrownBy(() -> container(a, List.of("--rm"), "true"))
                .hasMessageContaining("the CNI lab-ipip is being removed from this node");
        // The existing container's DEL still works, and the rejected one leaves nothing.
        a.podman("rm", "--force", "--time", "0", "web");
        assertThat(a.reserved()).isEmpty();
        assertThat(a.lab("cni", "list")).isEmpty();
        a.lab("cni", "uncordon");
        container(a, List.of("--detach", "--name", "web"), "httpd", "-f", "-p", "8080");

        a.stop();
        List<String> forced = new ArrayList<>(List.of(uninstall));
        forced.add("--force");
        a.lab(forced.toArray(String[]::new));
        assertThat(links(a)).containsExactly("eth0", "lo");
        assertThat(folder.resolve("a/cni/lab-ipip")).doesNotExist();
        assertThat(folder.resolve("a/run/lab-cni")).isEmptyDirectory();
    }

    private static List<String> links(PodmanHost node) throws IOException {
        try (Connection connection = Connection.open(node.namespace)) {
            return new Links(connection)
                    .list().stream()
                            .map(Link::name)
                            .filter(name -> !name.equals("tunl0"))
                            .sorted()
                            .toList();
        }
    }

    /** Runs a program of the minimal root file system as a container. */
    private String container(PodmanHost node, List<String> options, String... program)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("run", "--network", "cbr0"));
        argv.addAll(options);
        // The machine may allow neither cgroups nor higher limits.
        argv.addAll(List.of("--cgroups", "disabled"));
        argv.addAll(List.of("--ulimit", "nofile=256:256", "--ulimit", "nproc=1000:1000"));
        argv.addAll(List.of("--rootfs", rootfs.toString()));
        argv.addAll(List.of(program));
        return node.podman(argv.toArray(String[]::new));
    }

    private void join(String name, NetNamespace namespace, String address) throws Exception {
        Scene.in(namespace).up("lo").address(address, "eth0");
        PodmanHost node = new PodmanHost(namespace, folder.resolve(name));
        nodes.add(node);
        node.lab(
                "cni",
                "install",
                "--bin-dir",
                node.bin.toString(),
                "--conf-dir",
                node.conf.toString());
        Path log = folder.resolve(name + ".log");
        Process agent =
                node.start(
                        log,
                        "agent",
                        "--node",
                        name,
                        "--iface",
                        "eth0",
                        "--leases",
                        Files.writeString(folder.resolve("leases.json"), LEASES).toString(),
                        "--net-conf",
                        Files.writeString(folder.resolve("net-conf.json"), NET_CONF).toString());
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Files.notExists(folder.resolve(name).resolve("run/lab-cni/agent.sock"))) {
            if (!agent.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("no agent: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    private Path rootfs() throws IOException {
        Path root = folder.resolve("rootfs");
        for (String directory : List.of("bin", "dev", "etc", "proc", "run", "sys", "tmp")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.copy(Path.of("/usr/bin/busybox"), root.resolve("bin/busybox"));
        for (String name : List.of("httpd", "ip", "nc", "sh", "true")) {
            Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
        }
        Files.writeString(root.resolve("greeting"), "hello\n");
        return root;
    }
}
