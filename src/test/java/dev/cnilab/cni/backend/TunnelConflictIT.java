package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Devices that conflict with the kernel's tunnel. */
@Tag("real-ipip")
class TunnelConflictIT {

    private static final Ipv4Address OTHER = Ipv4Address.parse("172.18.9.9");

    private NodesOnBridge nodes;
    private Connection connection;
    private Links links;

    @BeforeEach
    void makeNode() throws IOException {
        nodes = new NodesOnBridge(1);
        connection = Connection.open(nodes.namespace(0));
        links = new Links(connection);
    }

    @AfterEach
    void deleteNode() throws IOException {
        connection.close();
        nodes.close();
    }

    @Test
    void namesAndKeepsADeviceOfAnotherKind() throws Exception {
        links.add(NewLink.bridge(Datapath.TUNNEL, new MacAddress(0x020000000001L)));
        assertThatThrownBy(this::start)
                .hasMessageContaining("flannel.ipip exists and is of kind 'bridge'")
                .hasMessageContaining("ip link delete flannel.ipip");
        assertThat(links.get(Datapath.TUNNEL).kind()).isEqualTo("bridge");
    }

    @Test
    void namesAnotherTunnelWithTheSameAddress() throws Exception {
        links.add(NewLink.ipip("mine", TunnelDevice.settingsFor(NodesOnBridge.publicIp(0))));
        assertThatThrownBy(this::start)
                .hasMessageContaining("mine already is an ipip tunnel with local 172.18.0.2")
                .hasMessageContaining("ip link delete mine");
    }

    @Test
    void recreatesATunnelWithAnotherLocalAddress() throws Exception {
        links.add(NewLink.ipip(Datapath.TUNNEL, TunnelDevice.settingsFor(OTHER)));
        int before = links.get(Datapath.TUNNEL).index();
        try (RunningBackend _ = start()) {
            Link tunnel = links.get(Datapath.TUNNEL);
            assertThat(tunnel.index()).isNotEqualTo(before);
            assertThat(tunnel.data())
                    .isEqualTo(TunnelDevice.settingsFor(NodesOnBridge.publicIp(0)));
        }
    }

    @Test
    void recreatesATunnelWithARemoteAddress() throws Exception {
        links.add(
                NewLink.ipip(
                        Datapath.TUNNEL,
                        new LinkData.IpIp(NodesOnBridge.publicIp(0), OTHER, 64, 0, true)));
        try (RunningBackend _ = start()) {
            assertThat(links.get(Datapath.TUNNEL).data())
                    .isEqualTo(TunnelDevice.settingsFor(NodesOnBridge.publicIp(0)));
        }
    }

    @Test
    void keepsTheKernelsTunl0() throws Exception {
        Link before = links.get("tunl0");
        RunningBackend running = start();
        try (running) {
            assertThat(links.get("tunl0")).isEqualTo(before);
        }
        running.uninstall();
        assertThat(links.get("tunl0")).isEqualTo(before);
        assertThat(new Addrs(connection).list4(before.index())).isEmpty();
        assertThat(links.find(Datapath.TUNNEL)).isEmpty();
    }

    private RunningBackend start() throws IOException {
        return new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
    }
}
