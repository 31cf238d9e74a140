package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.KernelSocket;
import dev.cnilab.host.RawIpSocket;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes in one subnet, with directRouting. */
class DirectRoutingIT {

    private static final int UDP = 17;

    private NodesOnBridge nodes;

    @BeforeEach
    void makeNodes() throws IOException {
        nodes = new NodesOnBridge(2);
    }

    @AfterEach
    void deleteNodes() throws IOException {
        nodes.close();
    }

    @Test
    void sendsPacketsWithoutEncapsulation() throws Exception {
        try (RunningBackend _ = new RunningBackend(nodes, 0, true, NodesOnBridge.lease(1))) {
            assertThat(protocolOfWhatIsSentTo(1)).isEqualTo(UDP);
        }
    }

    @Test
    void encapsulatesWithoutDirectRouting() throws Exception {
        try (RunningBackend _ = new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
                KernelSocket capture = nodes.namespace(1).call(RawPackets::captureIpv4);
                RawIpSocket sender = RawPackets.socket(nodes.namespace(0), 255, "10.244.0.1")) {
            send(sender);
            assertThat(RawPackets.nextIpInIp(capture)).hasSize(20 + 28);
        }
    }

    private int protocolOfWhatIsSentTo(int node) throws IOException {
        try (KernelSocket capture = nodes.namespace(node).call(RawPackets::captureIpv4);
                RawIpSocket sender = RawPackets.socket(nodes.namespace(0), 255, "10.244.0.1")) {
            send(sender);
            return RawPackets.nextTo(capture, "10.244.1.1")[RawPackets.PROTOCOL];
        }
    }

    /** Sends a UDP packet from port 9 to 9 from the node's bridge. */
    private static void send(RawIpSocket sender) {
        RawPackets.send(
                sender,
                "4500001c abcd0000 40110000 0af40001 0af40101 00090009 00080000",
                "10.244.1.1");
    }
}
