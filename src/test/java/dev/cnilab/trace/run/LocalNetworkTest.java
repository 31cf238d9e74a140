package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links, routes, neighbours and counters, as the programs of a lab printed them. */
class LocalNetworkTest {

    private static LocalNetwork network(String name, String place) throws IOException {
        TraceTape tape = TraceTape.read(name);
        return new Networks(tape.view(), TimeFactor.NONE).at(tape.place(place));
    }

    private static Ipv4Address ip(String address) {
        return Ipv4Address.parse(address);
    }

    @Test
    void theLongestRouteIsTaken() throws IOException {
        LocalNetwork node = network("no-neighbour", "control-plane");

        assertThat(node.route(ip("10.244.1.77")).orElseThrow().entry())
                .isEqualTo("10.244.1.0 172.18.0.3 255.255.255.0 UG flannel.ipip");
        assertThat(node.route(ip("10.244.0.2")).orElseThrow().entry())
                .isEqualTo("10.244.0.0 0.0.0.0 255.255.255.0 U cni0");
        assertThat(node.route(ip("192.0.2.1")).orElseThrow().entry())
                .isEqualTo("0.0.0.0 172.18.0.1 0.0.0.0 UG eth0");
    }

    @Test
    void anUnreachableRouteHasNoDevice() throws IOException {
        LocalNetwork node = network("unreachable-route", "control-plane");
        Route route =
                node.routes().stream()
                        .filter(each -> each.type().equals("unreachable"))
                        .findFirst()
                        .orElseThrow();

        assertThat(route.device()).isEmpty();
        assertThat(route.gateway()).isEmpty();
        assertThat(route.destination().length()).isEqualTo(32);
        assertThat(node.route(route.destination().address())).contains(route);
    }

    @Test
    void ofRoutesOfOneLengthThatOfLeastMetricIsTaken() {
        List<Route> routes =
                Route.parse(
                        """
                        default via 172.18.0.9 dev eth1 proto dhcp metric 600
                        default via 172.18.0.1 dev eth0 proto dhcp metric 100
                        """);

        assertThat(Route.best(routes, ip("192.0.2.1")).orElseThrow().device()).isEqualTo("eth0");
    }

    @Test
    void aLinkHasItsBridgeItsPeerAndItsAddresses() throws IOException {
        LocalNetwork node = network("pod-to-pod", "control-plane");
        Interface port =
                node.links().stream()
                        .filter(link -> link.master().equals("cni0"))
                        .findFirst()
                        .orElseThrow();
        Interface pod = network("pod-to-pod", "pod").link("eth0").orElseThrow();

        assertThat(port.kind()).isEqualTo("veth");
        assertThat(port.peerIndex()).isEqualTo(pod.index());
        assertThat(pod.peerIndex()).isEqualTo(port.index());
        assertThat(node.link("cni0").orElseThrow().addresses()).containsExactly("10.244.0.1/24");
        assertThat(node.link("flannel.ipip").orElseThrow().mtu()).isEqualTo(1480);
        assertThat(node.has(ip("172.18.0.2"))).isTrue();
        assertThat(node.has(ip("172.18.0.3"))).isFalse();
    }

    @Test
    void aLinkThatIsDownIsKnown() throws IOException {
        assertThat(network("bridge-down", "worker").link("cni0").orElseThrow().up()).isFalse();
        assertThat(network("pod-to-pod", "worker").link("cni0").orElseThrow().up()).isTrue();
    }

    @Test
    void aNeighbourHasItsMacAddressOrNone() throws IOException {
        LocalNetwork found = network("pod-to-pod", "control-plane");
        LocalNetwork missing = network("no-neighbour", "worker");

        assertThat(found.neigh(ip("172.18.0.3"), "eth0").orElseThrow().mac()).contains(":");
        LocalNetwork.Neigh neigh = missing.neigh(ip("10.244.1.77"), "cni0").orElseThrow();
        assertThat(neigh.mac()).isEmpty();
        assertThat(neigh.state()).isIn("INCOMPLETE", "FAILED");
        assertThat(missing.neigh(ip("10.244.1.77"), "eth0")).isEmpty();
    }

    @Test
    void theKernelsCountersAreReadByTheirNames() throws IOException {
        TraceTape tape = TraceTape.read("reverse-path");
        Networks networks = new Networks(tape.view(), TimeFactor.NONE);
        BaselineCounters before = BaselineCounters.look(List.of(tape.place("worker")), networks);

        assertThat(before.moved(tape.place("worker"), "TcpExtIPReversePathFilter", networks))
                .isEqualTo(1);
        assertThat(before.moved(tape.place("worker"), "TcpExtListenDrops", networks)).isZero();
        assertThat(Counters.at(tape.place("worker"), networks).value("IpForwarding")).isEqualTo(1);
    }
}
