package dev.cnilab.cni.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.cni.backend.InterfaceChoice;
import dev.cnilab.cni.lease.StaticLeases;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentIT {

    @TempDir Path folder;
    private NetNamespace node;

    @BeforeEach
    void makeNode() throws IOException {
        node =
                NetNamespace.create(
                        NetNamespace.DIRECTORY.resolve(
                                "t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24))));
        node.run(() -> {
            try (Connection connection = Connection.open()) {
                Links links = new Links(connection);
                links.add(NewLink.bridge("uplink", new MacAddress(0x020000000001L)));
                int index = links.get("uplink").index();
                new Addrs(connection).add(Addr.of(index, Ipv4Prefix.parse("172.18.0.2/16")));
                links.up(index);
            }
        });
    }

    @AfterEach
    void deleteNode() throws IOException {
        node.delete();
    }

    @Test
    void publishesItsStateToPluginAndWatchers() throws Exception {
        AgentOptions options = options("10.244.0.0/16");
        try (Agent agent = node.call(() -> Agent.start(options, leases(), line -> {}))) {
            assertThat(agent).isNotNull();
            assertThat(SubnetEnv.read(options.subnetEnv()))
                    .isEqualTo(
                            new SubnetEnv(
                                    Ipv4Prefix.parse("10.244.0.0/16"),
                                    Ipv4Prefix.parse("10.244.3.1/24"),
                                    1480,
                                    true));
            assertThat(ask(options, "/healthz")).startsWith("HTTP/1.1 200");
            assertThat(ask(options, "/status"))
                    .contains("\"subnet\":\"10.244.3.0/24\"", "\"mtu\":1480", "\"ready\":true");
            assertThat(ask(options, "/other")).startsWith("HTTP/1.1 404");
        }
        assertThat(options.statusSocket()).doesNotExist();
    }

    /**
     * Two nodes were restarted and swapped their addresses; the other one has not published its new
     * one yet.
     */
    @Test
    void ignoresAnotherNodesLeaseWithItsAddress() throws Exception {
        AgentOptions options = options("10.244.0.0/16");
        try (Agent agent =
                node.call(() ->
                        Agent.start(options, leases("172.18.0.9", "172.18.0.2"), line -> {}))) {
            assertThat(agent).isNotNull();
            assertThat(ask(options, "/healthz")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void rejectsASubnetOutsideOfTheNetwork() {
        assertThatThrownBy(() ->
                        node.call(() -> Agent.start(options("10.9.0.0/16"), leases(), line -> {})))
                .hasMessageContaining("10.244.3.0/24, which is not in the Network 10.9.0.0/16");
    }

    @Test
    void aFailedStartClosesEverything() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        AgentOptions defaults = options("10.244.0.0/16");
        AgentOptions options =
                new AgentOptions(
                        defaults.node(),
                        defaults.netConf(),
                        defaults.choice(),
                        defaults.publicIp(),
                        defaults.masquerade(),
                        defaults.subnetEnv(),
                        file.resolve("agent.sock"),
                        defaults.statusSocket(),
                        defaults.healthzPort());

        assertThatThrownBy(() -> node.call(() -> Agent.start(options, leases(), line -> {})))
                .isInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();

        assertThat(options.statusSocket()).doesNotExist();
        try (Connection connection = Connection.open(node)) {
            // The kernel's tunnel would remain, as it does when an agent stops.
            assertThat(new Links(connection).list()).noneMatch(link -> link.kind().equals("tun"));
        }
    }

    private StaticLeases leases() throws IOException {
        return leases("172.18.0.2", "172.18.0.3");
    }

    private StaticLeases leases(String a, String b) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("leases.json"),
                        """
                        {"nodes": [
                          {"node": "a", "subnet": "10.244.3.0/24", "publicIp": "%s"},
                          {"node": "b", "subnet": "10.244.4.0/24", "publicIp": "%s"}]}
                        """
                                .formatted(a, b));
        return new StaticLeases(file, "a", "ipip", line -> {});
    }

    private AgentOptions options(String network) throws IOException {
        return new AgentOptions(
                "a",
                NetConf.parse(
                        "net-conf.json",
                        "{\"Network\": \"%s\", \"Backend\": {\"Type\": \"ipip\"}}"
                                .formatted(network)),
                new InterfaceChoice(List.of("uplink"), Optional.empty(), Optional.empty()),
                Optional.empty(),
                true,
                folder.resolve("subnet.env"),
                folder.resolve("cni/agent.sock"),
                folder.resolve("status.sock"),
                OptionalInt.empty());
    }

    private static String ask(AgentOptions options, String path) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(options.statusSocket()));
            client.write(
                    ByteBuffer.wrap(
                            ("GET " + path + " HTTP/1.1\r\nHost: agent\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new String(
                    Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
