package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node configured manually with {@code ip}, next to one with an agent. */
@Tag("real-ipip")
class ManualNodeIT {

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
    void exchangesTrafficWithAnAgent() throws Exception {
        try (RunningBackend _ = new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1))) {
            assertBothWays();
        }
    }

    @Test
    void exchangesTrafficWithTheUserSpaceTunnel() throws Exception {
        try (BareTunnel _ = new BareTunnel(nodes, 0, new TunIpip(), NodesOnBridge.lease(1))) {
            assertBothWays();
        }
    }

    /** Transfers enough for senders to use large segments. */
    private void assertBothWays() throws Exception {
        for (int client : new int[] {0, 1}) {
            try (BulkTransfer transfer = new BulkTransfer(nodes, client, 1 - client)) {
                assertThat(transfer.echo(1 << 20)).isEqualTo("10.244." + client + ".0");
            }
        }
    }

    private void byHand(String command) throws IOException {
        ExecResult result =
                nodes.namespace(1).call(() -> Command.of(List.of(command.split(" "))).run(BUDGET));
        assertThat(result.ok()).as(result.describe()).isTrue();
    }
}
