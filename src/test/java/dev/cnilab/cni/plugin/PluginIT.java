package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.Attachment;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
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
    void addGivesThePodWhatTheTutorialShows() throws Exception {
        ObjectNode result = node.succeed("ADD", "c1", pod, "");

        assertThat(TestNode.address(result)).isEqualTo("10.244.1.2/24");
        assertThat(Sandbox.run(pod, "ip", "-4", "route").lines().map(String::strip))
                .containsExactlyInAnyOrder(
                        "default via 10.244.1.1 dev eth0",
                        "10.244.0.0/16 via 10.244.1.1 dev eth0",
                        "10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.2");
        assertThat(Sandbox.run(pod, "ip", "addr"))
                .contains("mtu 1480", "link/ether 0a:58:0a:f4:01:02", "brd 10.244.1.255")
                .contains("lo: <LOOPBACK,UP,LOWER_UP>");
        assertThat(Sandbox.run(node.namespace, "ip", "addr", "show", "cni0"))
                .contains("mtu 1480", "0a:58:0a:f4:01:01", "10.244.1.1/24 brd 10.244.1.255", "UP");
        assertThat(Sandbox.run(node.namespace, "bridge", "-d", "link")).contains("hairpin on");
        assertThat(Sandbox.run(node.namespace, "cat", "/proc/sys/net/ipv4/ip_forward"))
                .isEqualTo("1\n");
    }

    @Test
    void podsReachEachOtherAndTheirNode() throws Exception {
        NetNamespace other = sandbox.namespace();
        node.succeed("ADD", "c1", pod, "");
        node.succeed("ADD", "c2", other, "");

        Sandbox.run(pod, "ping", "-c1", "-W2", "10.244.1.1");
        Sandbox.run(pod, "ping", "-c1", "-W2", "10.244.1.3");
        Sandbox.run(node.namespace, "ping", "-c1", "-W2", "10.244.1.2");
    }

    @Test
    void checkPassesUntilSomethingChanges() throws Exception {
        String result = node.succeed("ADD", "c1", pod, "").toString();
        String prevResult = ", \"prevResult\": " + result;
        node.succeed("CHECK", "c1", pod, prevResult);

        Sandbox.run(pod, "ip", "route", "del", "10.244.0.0/16");
        assertThat(node.fail("CHECK", "c1", pod, prevResult)).startsWith("102 route 10.244.0.0/16");
        Sandbox.run(pod, "ip", "route", "add", "10.244.0.0/16", "via", "10.244.1.1");
        node.succeed("CHECK", "c1", pod, prevResult);

        String host = new Attachment("c1", "eth0").hostName();
        Sandbox.run(node.namespace, "ip", "link", "set", host, "nomaster");
        assertThat(node.fail("CHECK", "c1", pod, prevResult))
                .isEqualTo("102 " + host + " is no port of cni0 that is up");
        assertThat(node.fail("CHECK", "c1", pod, "")).startsWith("7 CHECK needs a prevResult");
    }

    @Test
    void delIsRepeatableAndNeedsNothing() throws Exception {
        node.succeed("ADD", "c1", pod, "");
        pod.delete();
        Files.delete(node.subnetFile);

        node.succeed("DEL", "c1", pod, "");
        node.succeed("DEL", "c1", pod, "");

        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void aSecondAddFailsAndLeavesTheFirst() throws Exception {
        node.succeed("ADD", "c1", pod, "");

        assertThat(node.fail("ADD", "c1", sandbox.namespace(), ""))
                .isEqualTo("101 c1/eth0 already has 10.244.1.2");
        assertThat(node.fail("ADD", "c2", pod, ""))
                .isEqualTo("101 the container already has an interface eth0");
        assertThat(node.reserved()).hasSize(1);
        assertThat(node.podLinks()).hasSize(1);
    }

    @Test
    void aFailedAddLeavesNothing() throws Exception {
        Sandbox.run(
                node.namespace, "ip", "link", "add", "cni0", "type", "veth", "peer", "cni0-peer");

        assertThat(node.fail("ADD", "c1", pod, ""))
                .isEqualTo("101 cni0 exists and is of kind 'veth', not a bridge");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void aRouteThatTheKernelRefusesUndoesLinkAndAddress() throws Exception {
        // A pod namespace that has the routes already: the very last step fails.
        Sandbox.run(pod, "ip", "link", "add", "d0", "type", "veth", "peer", "d1");
        Sandbox.run(pod, "ip", "link", "set", "d0", "up");
        Sandbox.run(pod, "ip", "route", "add", "default", "dev", "d0");

        assertThat(node.fail("ADD", "c1", pod, ""))
                .matches("5 ip route add default via 10.244.1.1 dev #\\d+: File exists .*");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    @Test
    void namespacesThatAreNoneAreRefused() throws Exception {
        assertThat(node.fail("ADD", "c1", new NetNamespace(Path.of("/run/netns/t-none")), ""))
                .isEqualTo("4 CNI_NETNS /run/netns/t-none is no network namespace");
        assertThat(node.fail("ADD", "c1", node.namespace, "")).startsWith("8 ");
    }

    @Test
    void theBridgeIsRepairedWhereNobodyUsesIt() throws Exception {
        Sandbox.run(node.namespace, "ip", "link", "add", "cni0", "type", "bridge");
        Sandbox.run(node.namespace, "ip", "addr", "add", "10.244.9.1/24", "dev", "cni0");

        node.succeed("ADD", "c1", pod, "");
        assertThat(Sandbox.run(node.namespace, "ip", "addr", "show", "cni0"))
                .contains("10.244.1.1/24")
                .doesNotContain("10.244.9.1");

        node.subnet("10.244.2.1/24");
        assertThat(node.fail("ADD", "c2", sandbox.namespace(), ""))
                .isEqualTo(
                        "101 cni0 has address 10.244.1.1/24, this node's subnet is 10.244.2.1/24");
        assertThat(node.reserved()).hasSize(1);
    }

    @Test
    void wishesOfTheRuntimeGoInTheirOrder() throws Exception {
        String runtime =
                ", \"runtimeConfig\":"
                        + " {\"ips\": [\"10.244.1.50/24\"], \"mac\": \"02:00:00:00:00:07\"}";
        String args = ", \"args\": {\"cni\": {\"ips\": [\"10.244.1.60/24\"]}}";
        ObjectNode result = node.succeed("ADD", "c1", pod, runtime + args);

        assertThat(TestNode.address(result)).isEqualTo("10.244.1.50/24");
        assertThat(Sandbox.run(pod, "ip", "link", "show", "eth0")).contains("02:00:00:00:00:07");
        assertThat(TestNode.address(node.succeed("ADD", "c2", sandbox.namespace(), args)))
                .isEqualTo("10.244.1.60/24");
        assertThat(node.fail("ADD", "c3", sandbox.namespace(), args))
                .isEqualTo("101 requested address 10.244.1.60 is taken");
    }

    @Test
    void gcKeepsWhatIsValid() throws Exception {
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
        Sandbox.run(node.namespace, "ping", "-c1", "-W2", "10.244.1.2");
    }

    @Test
    void statusSaysWhyAddWouldFail() throws Exception {
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
    void anAddressWhosePodVanishedIsTakenBackWhenNoneIsLeft() throws Exception {
        node.subnet("10.244.1.1/30");
        node.succeed("ADD", "c1", pod, "");
        // What a reboot does: the namespaces and links go, the reservations stay.
        pod.delete();
        String host = new Attachment("c1", "eth0").hostName();
        Sandbox.run(node.namespace, "sh", "-c", "ip link del " + host + " 2>/dev/null || true");

        assertThat(TestNode.address(node.succeed("ADD", "c2", sandbox.namespace(), "")))
                .isEqualTo("10.244.1.2/30");
        assertThat(node.reserved()).containsExactly(Map.entry("10.244.1.2", "c2"));
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
