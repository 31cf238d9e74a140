package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.Attachment;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetworkState;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PluginIT {

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;
    private TestNode node;
    private NetNamespace pod;

    @BeforeEach
    void makeNode() throws IOException {
        node = new TestNode(sandbox, directory);
        pod = sandbox.namespace();
    }

    @Test
    void addConfiguresThePodAsInTheTutorial() throws Exception {
        ObjectNode result = node.succeed("ADD", "c1", pod, "");

        assertThat(TestNode.address(result)).isEqualTo("10.244.1.2/24");
        assertThat(NetworkState.of(pod))
                .contains(
                        "route default via 10.244.1.1 dev eth0",
                        "route 10.244.0.0/16 via 10.244.1.1 dev eth0",
                        "route 10.244.1.0/24 dev eth0 src 10.244.1.2",
                        "route broadcast 10.244.1.255/32 dev eth0 src 10.244.1.2 table 255",
                        "addr 10.244.1.2/24 dev eth0 scope global");
        Link eth0 = link(pod, "eth0");
        assertThat(eth0.mtu()).isEqualTo(1480);
        assertThat(eth0.mac()).hasToString("0a:58:0a:f4:01:02");
        assertThat(link(pod, "lo").up()).isTrue();
        Link bridge = link(node.namespace, "cni0");
        assertThat(bridge.mtu()).isEqualTo(1480);
        assertThat(bridge.mac()).hasToString("0a:58:0a:f4:01:01");
        assertThat(bridge.up()).isTrue();
        assertThat(NetworkState.of(node.namespace))
                .contains(
                        "addr 10.244.1.1/24 dev cni0 scope global",
                        "route broadcast 10.244.1.255/32 dev cni0 src 10.244.1.1 table 255");
        assertThat(link(node.namespace, new Attachment("c1", "eth0").hostName()).hairpin())
                .isTrue();
        assertThat(node.namespace.call(new Sysctl("net.ipv4.ip_forward")::read)).isEqualTo("1");
    }

    @Test
    void podsReachEachOtherAndTheirNode() throws Exception {
        NetNamespace other = sandbox.namespace();
        node.succeed("ADD", "c1", pod, "");
        node.succeed("ADD", "c2", other, "");

        assertThat(Sandbox.reaches(pod, "10.244.1.1")).isTrue();
        assertThat(Sandbox.reaches(pod, "10.244.1.3")).isTrue();
        assertThat(Sandbox.reaches(node.namespace, "10.244.1.2")).isTrue();
    }

    @Test
    void checkPassesUntilSomethingChanges() throws Exception {
        String result = node.succeed("ADD", "c1", pod, "").toString();
        String prevResult = ", \"prevResult\": " + result;
        node.succeed("CHECK", "c1", pod, prevResult);

        Scene.in(pod).deleteRoute("10.244.0.0/16");
        assertThat(node.fail("CHECK", "c1", pod, prevResult)).startsWith("102 route 10.244.0.0/16");
        Scene.in(pod).routeVia("10.244.0.0/16", "10.244.1.1");
        node.succeed("CHECK", "c1", pod, prevResult);

        String host = new Attachment("c1", "eth0").hostName();
        Scene.in(node.namespace).master(host, null);
        assertThat(node.fail("CHECK", "c1", pod, prevResult))
                .isEqualTo("102 " + host + " is not a port of cni0 that is up");
        assertThat(node.fail("CHECK", "c1", pod, "")).startsWith("7 CHECK needs a prevResult");
    }

    @Test
    void delIsRepeatableWithoutOtherState() throws Exception {
        node.succeed("ADD", "c1", pod, "");
        pod.delete();
        Files.delete(node.subnetFile);

        node.succeed("DEL", "c1", pod, "");
        node.succeed("DEL", "c1", pod, "");

        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void aSecondAddFailsAndKeepsTheFirst() throws Exception {
        node.succeed("ADD", "c1", pod, "");

        assertThat(node.fail("ADD", "c1", sandbox.namespace(), ""))
                .isEqualTo("101 c1/eth0 already has 10.244.1.2");
        assertThat(node.fail("ADD", "c2", pod, ""))
                .isEqualTo("101 the container already has an interface eth0");
        assertThat(node.reserved()).hasSize(1);
        assertThat(node.podLinks()).hasSize(1);
    }

    @Test
    void aFailedAddIsRolledBack() throws Exception {
        Scene.in(node.namespace).veth("cni0", "cni0-peer", null);

        assertThat(node.fail("ADD", "c1", pod, ""))
                .isEqualTo("101 cni0 exists and is of kind 'veth', not a bridge");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void aRejectedRouteRollsBackLinkAndAddress() throws Exception {
        // The pod's namespace already has the routes, so that the last step fails.
        Scene.in(pod).veth("d0", "d1", null).routeOn("default", "d0");

        assertThat(node.fail("ADD", "c1", pod, ""))
                .matches("5 ip route add default via 10.244.1.1 dev #\\d+: File exists .*");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void rejectsInvalidNamespaces() throws Exception {
        assertThat(node.fail("ADD", "c1", new NetNamespace(Path.of("/run/netns/t-none")), ""))
                .isEqualTo("4 CNI_NETNS /run/netns/t-none is not a network namespace");
        assertThat(node.fail("ADD", "c1", node.namespace, "")).startsWith("8 ");
    }

    @Test
    void repairsAnUnusedBridge() throws Exception {
        Scene.in(node.namespace).bridge("cni0").address("10.244.9.1/24", "cni0");

        node.succeed("ADD", "c1", pod, "");
        assertThat(NetworkState.of(node.namespace))
                .contains("addr 10.244.1.1/24 dev cni0 scope global")
                .noneMatch(line -> line.contains("10.244.9.1"));

        node.subnet("10.244.2.1/24");
        assertThat(node.fail("ADD", "c2", sandbox.namespace(), ""))
                .isEqualTo(
                        "101 cni0 has address 10.244.1.1/24, this node's subnet is 10.244.2.1/24");
        assertThat(node.reserved()).hasSize(1);
    }

    @Test
    void appliesRequestedAddressesInOrderOfPrecedence() throws Exception {
        String runtime =
                ", \"runtimeConfig\":"
                        + " {\"ips\": [\"10.244.1.50/24\"], \"mac\": \"02:00:00:00:00:07\"}";
        String args = ", \"args\": {\"cni\": {\"ips\": [\"10.244.1.60/24\"]}}";
        ObjectNode result = node.succeed("ADD", "c1", pod, runtime + args);

        assertThat(TestNode.address(result)).isEqualTo("10.244.1.50/24");
        assertThat(link(pod, "eth0").mac()).hasToString("02:00:00:00:00:07");
        assertThat(TestNode.address(node.succeed("ADD", "c2", sandbox.namespace(), args)))
                .isEqualTo("10.244.1.60/24");
        assertThat(node.fail("ADD", "c3", sandbox.namespace(), args))
                .isEqualTo("101 requested address 10.244.1.60 is in use");
    }

    @Test
    void gcKeepsValidAttachments() throws Exception {
        NetNamespace gone = sandbox.namespace();
        node.succeed("ADD", "keep", pod, "");
        node.succeed("ADD", "gone", gone, "");

        assertThat(node.fail("GC", "", pod, "")).startsWith("7 GC needs a list");
        node.succeed(
                "GC",
                "",
                pod,
                ", \"cni.dev/valid-attachments\":"
                        + " [{\"containerID\": \"keep\", \"ifname\": \"eth0\"}]");

        assertThat(node.reserved()).containsOnlyKeys("10.244.1.2").containsValue("keep");
        assertThat(node.podLinks()).hasSize(1);
        assertThat(Sandbox.reaches(node.namespace, "10.244.1.2")).isTrue();
    }

    @Test
    void statusReportsWhyAddWouldFail() throws Exception {
        node.succeed("STATUS", "", pod, "");

        node.subnet("10.244.1.1/30");
        node.succeed("STATUS", "", pod, "");
        node.succeed("ADD", "c1", pod, "");
        assertThat(node.fail("STATUS", "", pod, ""))
                .isEqualTo("50 no IP addresses available in 10.244.1.0/30");
        assertThat(node.fail("ADD", "c2", sandbox.namespace(), ""))
                .isEqualTo("100 no IP addresses available in 10.244.1.0/30");

        Files.delete(node.subnetFile);
        assertThat(node.fail("STATUS", "", pod, "")).startsWith("50 ").endsWith("does not exist");
        assertThat(node.fail("ADD", "c2", pod, "")).startsWith("11 ").endsWith("does not exist");
    }

    @Test
    void releasesStaleReservationsWhenNoAddressIsFree() throws Exception {
        node.subnet("10.244.1.1/30");
        node.succeed("ADD", "c1", pod, "");
        // Simulates a reboot: namespaces and links disappear, reservations remain.
        pod.delete();
        String host = new Attachment("c1", "eth0").hostName();
        try (Connection connection = Connection.open(node.namespace)) {
            Links links = new Links(connection);
            // The pod's end may be gone, and this one with it.
            if (links.find(host).isPresent()) {
                links.delete(host);
            }
        }

        assertThat(TestNode.address(node.succeed("ADD", "c2", sandbox.namespace(), "")))
                .isEqualTo("10.244.1.2/30");
        assertThat(node.reserved()).containsExactly(Map.entry("10.244.1.2", "c2"));
    }

    private static Link link(NetNamespace namespace, String name) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            return new Links(connection).get(name);
        }
    }

    @Test
    void addressesRotate() throws Exception {
        for (int host = 2; host < 6; host++) {
            assertThat(TestNode.address(node.succeed("ADD", "c1", pod, "")))
                    .isEqualTo("10.244.1." + host + "/24");
            node.succeed("DEL", "c1", pod, "");
        }
    }
}
