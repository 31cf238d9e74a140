package dev.cnilab.cni.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NamespacedProcess.Bind;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetworkState;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a separate process, as on a node. */
class AgentProcessIT {

    private static final Duration BUDGET = Duration.ofSeconds(60);

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    @TempDir Path folder;
    private NetNamespace node;
    private Path run;
    private Path addresses;

    @BeforeEach
    void makeNode() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        addresses = Files.createDirectory(folder.resolve("addresses"));
        node = sandbox.namespace();
        try (Connection connection = Connection.open(node)) {
            Links links = new Links(connection);
            links.add(NewLink.bridge("uplink", new MacAddress(0x020000000001L)));
            int index = links.get("uplink").index();
            new Addrs(connection).add(Addr.of(index, Ipv4Prefix.parse("172.18.0.2/16")));
            links.up(index);
        }
        Files.writeString(
                run.resolve("net-conf.json"),
                "{\"Network\": \"10.244.0.0/16\", \"Backend\": {\"Type\": \"ipip\"}}");
        Files.writeString(
                run.resolve("leases.json"),
                "{\"nodes\": [{\"node\": \"a\", \"subnet\": \"10.244.3.0/24\", \"publicIp\": \"172.18.0.2\"}]}");
    }

    @Test
    void stopsOnSigtermAndCanBeUninstalled() throws Exception {
        Process agent =
                start(
                        "agent",
                        "--node=a",
                        "--iface=uplink",
                        "--net-conf=/run/net-conf.json",
                        "--leases=/run/leases.json");
        Path plugin = run.resolve("lab-cni/agent.sock");
        Path status = run.resolve("flannel/status.sock");
        try {
            awaitSocket(plugin, agent);
            assertThat(status).exists();
        } finally {
            agent.destroy();
        }
        assertThat(agent.waitFor(BUDGET.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).as("128 + SIGTERM").isEqualTo(143);
        assertThat(plugin).doesNotExist();
        assertThat(status).doesNotExist();
        assertThat(rules()).contains("nft table family 2: 1=lab-ipip");

        Process uninstall =
                start("cni", "uninstall", "--bin-dir=/run/bin", "--conf-dir=/run/net.d");
        assertThat(uninstall.waitFor(BUDGET.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(uninstall.exitValue()).as(log()).isZero();
        assertThat(run.resolve("flannel/subnet.env")).doesNotExist();
        assertThat(rules()).doesNotContain("lab-ipip");
        try (Connection connection = Connection.open(node)) {
            assertThat(new Links(connection).find("flannel.ipip")).isEmpty();
        }
    }

    /** State of flanneld and the plugin bridge on a node without pods. */
    @Test
    void uninstallKeepsStateOfFlanneld() throws Exception {
        // The kernel adds IPv6 addresses some time later.
        node.run(() -> new Sysctl("net.ipv6.conf.all.disable_ipv6").write("1"));
        Scene.in(node).bridge("cni0").veth("flannel.ipip", "peer", null);
        Path subnetEnv = Files.createDirectory(run.resolve("flannel")).resolve("subnet.env");
        Files.writeString(subnetEnv, "FLANNEL_IPMASQ=true\n");
        String before = rules();

        Process uninstall =
                start("cni", "uninstall", "--force", "--bin-dir=/run/bin", "--conf-dir=/run/net.d");

        assertThat(uninstall.waitFor(BUDGET.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(uninstall.exitValue()).as(log()).isZero();
        assertThat(rules()).isEqualTo(before);
        assertThat(subnetEnv).exists();
    }

    private String rules() throws IOException {
        return String.join("\n", NetworkState.of(node));
    }

    private Process start(String... arguments) throws IOException {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.cnilab.cli.Main"));
        argv.addAll(List.of(arguments));
        return new NamespacedProcess(
                        node,
                        List.of(
                                new Bind(run, Path.of("/run")),
                                new Bind(addresses, Path.of("/var/lib/cni"))))
                .start(Command.of(argv).withOutput(folder.resolve("agent.log")));
    }

    private void awaitSocket(Path socket, Process agent) throws Exception {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (Files.notExists(socket)) {
            assertThat(agent.waitFor(20, TimeUnit.MILLISECONDS))
                    .as(() -> "the agent ended: " + log())
                    .isFalse();
            assertThat(System.nanoTime()).as(this::log).isLessThan(deadline);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("agent.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
