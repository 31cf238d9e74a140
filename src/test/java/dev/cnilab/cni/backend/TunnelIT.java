package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.KernelSocket;
import dev.cnilab.host.RawIpSocket;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes in one subnet, and another host. */
class TunnelIT {

    private static final int PORT = 7000;

    private NodesOnBridge nodes;
    RunningBackend left;
    private RunningBackend right;

    @BeforeEach
    void start() throws IOException {
        nodes = new NodesOnBridge(3);
        left = new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
        right = new RunningBackend(nodes, 1, false, NodesOnBridge.lease(0));
    }

    @AfterEach
    void stop() throws Exception {
        left.close();
        right.close();
        nodes.close();
    }

    @Test
    void carriesTcpBothWays() throws Exception {
        try (BulkTransfer transfer = new BulkTransfer(nodes, 0, 1)) {
            assertThat(transfer.echo(1 << 20)).isEqualTo("10.244.0.0");
        }
        assertThat(left.first.mtu()).isEqualTo(1480);
    }

    @Test
    void sendsTheSameBytesAsTheDriver() throws Exception {
        try (KernelSocket capture = nodes.namespace(1).call(RawPackets::captureIpv4);
                RawIpSocket sender = RawPackets.socket(nodes.namespace(0), 255, "10.244.0.0")) {
            // UDP 9 → 9 without a checksum; TOS b9 (ECT(1)), DF, TTL 63
            String inner = "45b9001c abcd4000 3f110000 0af40000 0af40101 00090009 00080000";
            RawPackets.send(sender, inner, "10.244.1.1");
            byte[] packet = RawPackets.nextIpInIp(capture);

            ByteBuffer outer = ByteBuffer.wrap(packet);
            assertThat(outer.get(0)).isEqualTo((byte) 0x45);
            assertThat(outer.get(1)).as("TOS: ECN alone").isEqualTo((byte) 1);
            assertThat(outer.getShort(2)).as("length").isEqualTo((short) 48);
            assertThat(outer.getShort(4)).as("id").isNotZero();
            assertThat(outer.getShort(6)).as("DF").isEqualTo((short) 0x4000);
            assertThat(outer.get(8)).as("TTL").isEqualTo((byte) 63);
            assertThat(outer.get(9)).as("protocol").isEqualTo((byte) 4);
            assertThat(Ipv4Address.of(packet, 12)).isEqualTo(NodesOnBridge.publicIp(0));
            assertThat(Ipv4Address.of(packet, 16)).isEqualTo(NodesOnBridge.publicIp(1));
            assertThat(HexFormat.of().formatHex(packet, 20, 28)).isEqualTo("45b9001cabcd4000");
        }
    }

    @Test
    void acceptsPacketsFromNodesOnly() throws Exception {
        String inner = "4500001d 00010000 401163de 0af40009 0af40101 1b581b58 00090000 2a";
        String fromOtherHost = "45000031 00010000 40040000 ac120004 ac120003" + inner;
        String fromNode = "45000031 00010000 40040000 ac120002 ac120003" + inner;
        try (DatagramSocket receiver =
                        nodes.namespace(1)
                                .call(() ->
                                        new DatagramSocket(
                                                new InetSocketAddress("10.244.1.1", PORT)));
                RawIpSocket otherHost = RawPackets.socket(nodes.namespace(2), 255, "172.18.0.4");
                RawIpSocket node = RawPackets.socket(nodes.namespace(0), 255, "172.18.0.2")) {
            receiver.setSoTimeout(5000);
            DatagramPacket seen = new DatagramPacket(new byte[10], 10);
            // The node's reply to the other host arrives, and nothing before it: both use one path.
            RawPackets.send(node, fromNode, "172.18.0.3");
            receiver.receive(seen);
            RawPackets.send(otherHost, fromOtherHost, "172.18.0.3");
            receiver.setSoTimeout(300);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> receiver.receive(seen)))
                    .isInstanceOf(SocketTimeoutException.class);
            RawPackets.send(node, fromNode, "172.18.0.3");
            receiver.setSoTimeout(5000);
            receiver.receive(seen);
        }
    }

    @Test
    void reportsItsDriver() {
        assertThat(left.first.driver()).isIn(TunnelDriver.KERNEL, TunnelDriver.USER_SPACE);
        assertThat(left.first.external().name()).isEqualTo("eth0");
    }
}
