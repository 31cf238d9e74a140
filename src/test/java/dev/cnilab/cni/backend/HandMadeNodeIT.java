package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.IcmpSocket;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.packet.PacketEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that someone set up by hand with {@code ip}, beside one of ours. */
@Tag("real-ipip")
class HandMadeNodeIT {

    private static final int PORT = 7000;

    /** After an IPv4 header without options. */
    private static final int ICMP_TYPE = 20;

    private static final int ECHO_REPLY = 0;
    private static final Duration BUDGET = Duration.ofSeconds(60);

    private NodesOnBridge nodes;

    @BeforeEach
    void setUpByHand() throws IOException {
        nodes = new NodesOnBridge(2);
        byHand("ip link add flannel.ipip type ipip local 172.18.0.3 ttl inherit nopmtudisc");
        byHand("ip link set flannel.ipip mtu 1480 up");
        byHand("ip address add 10.244.1.0/32 dev flannel.ipip");
        byHand("ip route add 10.244.0.0/24 via 172.18.0.2 dev flannel.ipip onlink");
        // As on kind's nodes.
        byHand("sysctl -qw net.ipv4.conf.all.rp_filter=1");
    }

    @AfterEach
    void delete() throws IOException {
        nodes.close();
    }

    @Test
    void talksWithAnAgent() throws Exception {
        try (RunningBackend _ = new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1))) {
            assertBothWays();
        }
    }

    /**
     * Pings: between two namespaces of one machine the driver leaves the checksums of TCP and UDP
     * to a network card that is not there, and only it can tell on the other side.
     */
    @Test
    void answersTheTunnelInUserSpace() throws Exception {
        try (BareTunnel _ = new BareTunnel(nodes, 0, new TunIpip(), NodesOnBridge.lease(1))) {
            assertThat(pings(0, 1)).isTrue();
            assertThat(pings(1, 0)).isTrue();
        }
    }

    private boolean pings(int from, int to) throws IOException {
        NetNamespace namespace = nodes.namespace(from);
        try (IcmpSocket icmp =
                namespace.call(() -> IcmpSocket.open(IcmpSocket.Fragmentation.WANT, 64))) {
            icmp.send(NodesOnBridge.subnet(to).host(1), PacketEncoder.echo(7, 1, new byte[56]));
            Optional<byte[]> seen = icmp.receive(BUDGET);
            while (seen.isPresent() && seen.get()[ICMP_TYPE] != ECHO_REPLY) {
                seen = icmp.receive(BUDGET);
            }
            return seen.isPresent();
        }
    }

    private void assertBothWays() throws IOException {
        assertThat(answer(0, 1)).isEqualTo("10.244.0.0");
        assertThat(answer(1, 0)).isEqualTo("10.244.1.0");
    }

    /** The address that one node's server sees of the other's client. */
    private String answer(int client, int server) throws IOException {
        String address = NodesOnBridge.subnet(server).host(1).toString();
        try (ServerSocket listener =
                        nodes.namespace(server)
                                .call(() -> {
                                    ServerSocket socket = new ServerSocket();
                                    socket.bind(new InetSocketAddress(address, PORT));
                                    return socket;
                                });
                Socket socket = connect(nodes.namespace(client), address);
                Socket seen = listener.accept()) {
            assertThat(socket.isConnected()).isTrue();
            return seen.getInetAddress().getHostAddress();
        }
    }

    private static Socket connect(NetNamespace namespace, String address) throws IOException {
        return namespace.call(() -> {
            Socket socket = new Socket();
            socket.connect(
                    new InetSocketAddress(address, PORT), Math.toIntExact(BUDGET.toMillis()));
            return socket;
        });
    }

    private void byHand(String command) throws IOException {
        ExecResult result =
                nodes.namespace(1).call(() -> Command.of(List.of(command.split(" "))).run(BUDGET));
        assertThat(result.ok()).as(result.describe()).isTrue();
    }
}
