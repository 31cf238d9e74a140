package dev.cnilab.cli.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Wire;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours and Debian's say the same, byte for byte. */
class IpIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    private Wire wire;

    /** What a node has: a port of a bridge, a tunnel's /32, onlink and other routes, neighbours. */
    @BeforeEach
    void wire() throws IOException {
        wire = Wire.lay(sandbox);
        Wire.ip(wire.left(), "link add cni0 type bridge");
        Wire.ip(wire.left(), "addr add 10.244.0.1/24 brd + dev cni0");
        Wire.ip(wire.left(), "link add veth0 type veth peer name veth1");
        Wire.ip(wire.left(), "link set veth0 master cni0");
        Wire.ip(wire.left(), "addr add 10.244.0.0/32 dev veth1");
        Wire.ip(wire.left(), "route add default via 10.9.0.2");
        Wire.ip(wire.left(), "route add 10.244.1.0/24 via 10.9.0.2 dev eth0 proto 201 onlink");
        Wire.ip(wire.left(), "route add 10.244.2.7 via 10.9.0.2 metric 5 mtu 1400");
        Wire.ip(wire.left(), "route add blackhole 10.7.0.0/16");
        Wire.ip(wire.left(), "neigh add 10.9.0.7 lladdr 0a:58:0a:09:00:07 dev eth0");
    }

    @ParameterizedTest
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
    void saysWhatIproute2Says(String words) throws IOException {
        ToolRun ours = ToolRun.in(wire.left(), "ip", words.split(" "));

        assertThat(ours.err()).isEmpty();
        assertThat(ours.exitCode()).isZero();
        assertThat(ours.out()).isEqualTo(withoutNames(Wire.ip(wire.left(), words)));
    }

    /**
     * Debian's looks up names of namespaces in /run/netns, where pods have none, and complains of
     * those that another test is just making.
     */
    private static String withoutNames(String shown) {
        return shown.replace("Error: Peer netns reference is invalid.\n", "")
                .replaceAll("link-netns \\S+", "link-netnsid 0")
                .replaceAll("\"link_netns\":\"[^\"]*\"", "\"link_netnsid\":0");
    }

    @Test
    void detailsHoldTheKindAndItsData() throws IOException {
        String links = ToolRun.in(wire.left(), "ip", "-d", "-j", "link", "show", "veth0").out();

        assertThat(JSON.readTree(links).get(0).get("linkinfo"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"info_kind\":\"veth\",\"info_slave_kind\":\"bridge\","
                                        + "\"info_slave_data\":{\"hairpin\":false}}"));
    }

    @Test
    void missingDeviceAndRefusalAsIproute2() throws IOException {
        assertThat(ToolRun.in(wire.left(), "ip", "addr", "show", "eth9"))
                .isEqualTo(new ToolRun(1, "", "Device \"eth9\" does not exist.\n"));
        assertThat(ToolRun.in(wire.right(), "ip", "route", "get", "10.8.0.1"))
                .isEqualTo(new ToolRun(2, "", "RTNETLINK answers: Network is unreachable\n"));
    }

    @Test
    void routeAsNetToolsPrintsIt() throws IOException {
        Path route = Path.of("/sbin/route");
        assumeTrue(Files.isExecutable(route), "no /sbin/route: apt-get install net-tools");

        assertThat(ToolRun.in(wire.left(), "route", "-n").out())
                .contains(
                        "10.244.1.0      10.9.0.2        255.255.255.0   UG    0      0        0 eth0")
                .isEqualTo(Sandbox.run(wire.left(), route.toString(), "-n"));
    }
}
