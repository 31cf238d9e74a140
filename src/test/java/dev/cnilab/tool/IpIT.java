package dev.cnilab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Wire;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Neigh;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.netlink.Scope;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lab's ip and Debian's print the same bytes. */
class IpIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Route BLACKHOLE =
            new Route(
                    Ipv4Prefix.parse("10.7.0.0/16"),
                    null,
                    0,
                    Scope.GLOBAL,
                    Route.BOOT,
                    RouteType.BLACKHOLE,
                    Route.MAIN,
                    0,
                    false,
                    null,
                    0);

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    private Wire wire;

    /**
     * Sets up what a node has: a port of a bridge, a tunnel's /32, onlink and other routes,
     * neighbours.
     */
    @BeforeEach
    void wire() throws IOException {
        wire = Wire.lay(sandbox);
        Ipv4Address right = Wire.RIGHT;
        Scene node = Scene.in(wire.left());
        node.bridge("cni0").address("10.244.0.1/24", "cni0");
        node.veth("veth0", "veth1", null).down("veth0").down("veth1").master("veth0", "cni0");
        node.address("10.244.0.0/32", "veth1").routeVia("default", "10.9.0.2");
        int eth0 = node.index("eth0");
        node.route(
                Route.via(Ipv4Prefix.parse("10.244.1.0/24"), right, eth0)
                        .withProtocol(201)
                        .withOnlink());
        node.route(
                Route.via(Ipv4Prefix.parse("10.244.2.7/32"), right, eth0)
                        .withMetric(5)
                        .withMtu(1400));
        node.route(BLACKHOLE);
        node.neigh(
                Neigh.permanent(
                        eth0,
                        Ipv4Address.parse("10.9.0.7"),
                        MacAddress.parse("0a:58:0a:09:00:07")));
    }

    @ParameterizedTest
    @Needs(Peer.IP)
    @ValueSource(
            strings = {
                "address",
                "address show eth0",
                "-4 addr show dev cni0",
                "-4 addr",
                "-br addr",
                "link",
                "link show cni0",
                "-br link",
                "route",
                "route show table main",
                "route show dev eth0",
                "-d route",
                "route get 10.244.1.6",
                "route get 10.9.0.1",
                "neigh",
                "-j address",
                "-j -4 address show eth0",
                "-j link",
                "-j route",
                "-j -d route",
                "-j route get 10.244.1.6",
                "-j route get 10.9.0.1",
                "-j neigh",
            })
    void printsWhatIproute2Prints(String words) throws IOException {
        ToolRun ours = ToolRun.in(wire.left(), "ip", words.split(" "));

        assertThat(ours.err()).isEmpty();
        assertThat(ours.exitCode()).isZero();
        assertThat(ours.out()).isEqualTo(withoutNames(iproute2(words)));
    }

    private String iproute2(String words) throws IOException {
        return Sandbox.run(wire.left(), (Peer.IP.path() + " " + words).split(" "));
    }

    /**
     * Removes names of namespaces, which Debian's looks up in /run/netns, and its complaints about
     * namespaces that another test is creating.
     */
    private static String withoutNames(String shown) {
        return shown.replace("Error: Peer netns reference is invalid.\n", "")
                .replaceAll("link-netns \\S+", "link-netnsid 0")
                .replaceAll("\"link_netns\":\"[^\"]*\"", "\"link_netnsid\":0");
    }

    @Test
    void detailsHaveTheKindAndItsData() throws IOException {
        String links = ToolRun.in(wire.left(), "ip", "-d", "-j", "link", "show", "veth0").out();

        assertThat(JSON.readTree(links).get(0).get("linkinfo"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"info_kind\":\"veth\",\"info_slave_kind\":\"bridge\","
                                        + "\"info_slave_data\":{\"hairpin\":false}}"));
    }

    @Test
    void failsLikeIproute2() throws IOException {
        assertThat(ToolRun.in(wire.left(), "ip", "addr", "show", "eth9"))
                .isEqualTo(new ToolRun(1, "", "Device \"eth9\" does not exist.\n"));
        assertThat(ToolRun.in(wire.right(), "ip", "route", "get", "10.8.0.1"))
                .isEqualTo(new ToolRun(2, "", "RTNETLINK answers: Network is unreachable\n"));
    }

    @Test
    @Needs(Peer.ROUTE)
    void printsRoutesLikeNetTools() throws IOException {
        assertThat(ToolRun.in(wire.left(), "route", "-n").out())
                .contains(
                        "10.244.1.0      10.9.0.2        255.255.255.0   UG    0      0        0 eth0")
                .isEqualTo(Sandbox.run(wire.left(), Peer.ROUTE.path().toString(), "-n"));
    }
}
