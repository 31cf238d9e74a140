package dev.cnilab.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinksIT {

    private static final MacAddress MAC = MacAddress.parse("0a:58:0a:f4:00:01");

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    @Test
    @Needs(Peer.IP)
    void listsWhatIpLists() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        try (Connection connection = Connection.open(namespace);
                Monitor monitor = Monitor.open(namespace)) {
            Links links = new Links(connection);
            links.add(NewLink.bridge("br0", MAC));
            int bridge = links.get("br0").index();
            links.add(new VethPair("v0", bridge, 1480, "v1", null, null));
            links.up(bridge);
            links.up(links.get("v1").index());
            // The kernel updates operational states asynchronously.
            while (links.get("br0").operState() != OperState.UP
                    || links.get("v0").operState() != OperState.UP) {
                assertThat(monitor.next(Duration.ofSeconds(10))).isPresent();
            }

            JsonNode listed =
                    new ObjectMapper()
                            .readTree(Sandbox.run(namespace, "ip", "-d", "-j", "link", "show"));

            assertThat(links.list()).hasSize(listed.size());
            for (JsonNode theirs : listed) {
                Link ours = links.get(theirs.path("ifname").asText());
                assertThat(ours.index()).isEqualTo(theirs.path("ifindex").asInt());
                assertThat(ours.mtu()).isEqualTo(theirs.path("mtu").asInt());
                assertThat(ours.mac()).hasToString(theirs.path("address").asText());
                assertThat(ours.operState()).hasToString(theirs.path("operstate").asText());
                assertThat(ours.qdisc()).isEqualTo(theirs.path("qdisc").asText());
                assertThat(ours.txQueueLen()).isEqualTo(theirs.path("txqlen").asInt());
                assertThat(ours.kind())
                        .isEqualTo(theirs.path("linkinfo").path("info_kind").asText());
                assertThat(theirs.path("flags"))
                        .extracting(JsonNode::asText)
                        .filteredOn(flag -> !Set.of("NO-CARRIER", "M-DOWN").contains(flag))
                        .allSatisfy(flag -> assertThat(ours.flags()).contains(flag(flag)));
            }
            assertThat(links.get("v0").master()).isEqualTo(bridge);
            assertThat(links.get("br0").mac()).isEqualTo(MAC);
        }
    }

    @Test
    void createsAVethWithItsPeerInAnotherNamespace() throws IOException {
        NetNamespace node = sandbox.namespace();
        NetNamespace pod = sandbox.namespace();
        try (Connection here = Connection.open(node);
                Connection there = Connection.open(pod)) {
            Links links = new Links(here);
            links.add(new VethPair("veth1", 0, 1480, "eth0", MAC, pod));

            Link host = links.get("veth1");
            Link peer = new Links(there).get("eth0");
            assertThat(host.up()).isTrue();
            assertThat(host.mtu()).isEqualTo(1480);
            assertThat(host.data()).isEqualTo(new LinkData.Veth());
            assertThat(host.peerIndex()).isEqualTo(peer.index());
            assertThat(host.netnsId()).isNotNegative();
            assertThat(peer.up()).isFalse();
            assertThat(peer.mtu()).isEqualTo(1480);
            assertThat(peer.mac()).isEqualTo(MAC);

            new Links(there).up(peer.index());
            assertThat(links.get("veth1").flags()).contains(LinkFlag.LOWER_UP);
        }
    }

    @Test
    void changesALink() throws IOException {
        NetNamespace other = sandbox.namespace();
        try (Connection connection = Connection.open(sandbox.namespace());
                Connection there = Connection.open(other)) {
            Links links = new Links(connection);
            links.add(NewLink.bridge("br0", MAC));
            links.add(new VethPair("d0", 0, 1500, "d0-peer", null, null));
            int bridge = links.get("br0").index();
            int dummy = links.get("d0").index();

            links.mtu(dummy, 1400);
            links.mac(dummy, MAC);
            links.down(dummy);
            links.master(dummy, bridge);
            links.hairpin(dummy, true);
            links.up(dummy);

            Link port = links.get(dummy);
            assertThat(port.name()).isEqualTo("d0");
            assertThat(port.mtu()).isEqualTo(1400);
            assertThat(port.mac()).isEqualTo(MAC);
            assertThat(port.master()).isEqualTo(bridge);
            assertThat(port.hairpin()).isTrue();
            assertThat(port.up()).isTrue();

            links.hairpin(dummy, false);
            links.down(dummy);
            links.master(dummy, 0);
            assertThat(links.get(dummy).hairpin()).isFalse();
            assertThat(links.get(dummy).up()).isFalse();
            assertThat(links.get(dummy).master()).isZero();

            links.move(dummy, other, "moved");
            assertThat(links.find("d0")).isEmpty();
            assertThat(new Links(there).get("moved").kind()).isEqualTo("veth");
        }
    }

    @Test
    void reportsTheKernelsErrors() throws IOException {
        try (Connection connection = Connection.open(sandbox.namespace())) {
            Links links = new Links(connection);
            links.add(NewLink.bridge("br0", MAC));

            assertThatThrownBy(() -> links.add(NewLink.bridge("br0", MAC)))
                    .isInstanceOfSatisfying(
                            NetlinkException.class,
                            e -> {
                                assertThat(e.is(Errno.EEXIST)).isTrue();
                                assertThat(e.operation()).isEqualTo("ip link add br0 type bridge");
                            });
            assertThatThrownBy(() -> links.delete("absent"))
                    .isInstanceOfSatisfying(
                            NetlinkException.class, e -> assertThat(e.is(Errno.ENODEV)).isTrue());
            assertThatThrownBy(() -> links.mtu(links.get("br0").index(), 70000))
                    .isInstanceOfSatisfying(
                            NetlinkException.class, e -> assertThat(e.extAck()).contains("mtu"));
            links.delete("br0");
            assertThat(links.find("br0")).isEmpty();
        }
    }

    @Test
    void createsAVxlanDevice() throws IOException {
        try (Connection connection = Connection.open(sandbox.namespace())) {
            Links links = new Links(connection);
            LinkData.Vxlan data =
                    new LinkData.Vxlan(
                            1,
                            Ipv4Address.parse("172.18.0.2"),
                            Ipv4Address.parse("172.18.0.3"),
                            8472);
            links.add(NewLink.vxlan("flannel.1", data));
            assertThat(links.get("flannel.1").data()).isEqualTo(data);
        }
    }

    @Test
    @Tag("real-ipip")
    void createsAnIpipDevice() throws IOException {
        try (Connection connection = Connection.open(sandbox.namespace())) {
            Links links = new Links(connection);
            LinkData.IpIp data =
                    new LinkData.IpIp(
                            Ipv4Address.parse("172.18.0.2"), Ipv4Address.ANY, 0, 0, false);
            links.add(NewLink.ipip("flannel.ipip", data));
            assertThat(links.get("flannel.ipip").data()).isEqualTo(data);
            assertThat(links.get("flannel.ipip").kind()).isEqualTo("ipip");
        }
    }

    private static LinkFlag flag(String name) {
        return LinkFlag.valueOf(name);
    }
}
