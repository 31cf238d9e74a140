package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.KernelSocket;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node whose network card merges received segments (GRO), including encapsulated ones. */
class MergedSegmentsIT {

    @Test
    @Needs({Peer.ETHTOOL, Peer.IP})
    void tcpPassesThoughReceivedSegmentsAreMerged() throws Exception {
        try (NodesOnBridge nodes = new NodesOnBridge(2);
                BareTunnel _ = new BareTunnel(nodes, 0, new TunIpip(), NodesOnBridge.lease(1));
                BareTunnel _ = new BareTunnel(nodes, 1, new TunIpip(), NodesOnBridge.lease(0))) {
            // drivers/net/veth.c merges only packets from a peer without segmentation offload.
            set(nodes.segment(), "node1", "tso", "off");
            set(nodes.namespace(1), "eth0", "gro", "on");
            waitForMore(nodes.namespace(1));
            try (KernelSocket capture = nodes.namespace(1).call(RawPackets::captureIpv4);
                    BulkTransfer transfer = new BulkTransfer(nodes, 0, 1)) {
                transfer.echo(1 << 20);
                assertThat(mergedSegments(capture)).isPositive();
            }
        }
    }

    /** Returns the length of the first outer packet larger than the link's MTU. */
    private static int mergedSegments(KernelSocket capture) throws IOException {
        int length = 0;
        while (length <= 1500) {
            length = ByteBuffer.wrap(RawPackets.nextIpInIp(capture)).getShort(2) & 0xffff;
        }
        return length;
    }

    /** Delays GRO's flush, so that packets of a burst are merged. */
    private static void waitForMore(NetNamespace namespace) throws IOException {
        String settings = "/sys/class/net/eth0/";
        run(
                "ip",
                "netns",
                "exec",
                namespace.name(),
                "sh",
                "-c",
                "echo 200000 >%sgro_flush_timeout; echo 10 >%snapi_defer_hard_irqs"
                        .formatted(settings, settings));
    }

    private static void set(NetNamespace namespace, String link, String feature, String value)
            throws IOException {
        namespace.run(() -> run(Peer.ETHTOOL.path().toString(), "-K", link, feature, value));
    }

    private static void run(String... argv) throws IOException {
        ExecResult result = Command.of(List.of(argv)).run(Duration.ofSeconds(10));
        assertThat(result.ok()).as(result.describe()).isTrue();
    }
}
