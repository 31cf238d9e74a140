package dev.cnilab.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Event;
import dev.cnilab.netlink.Ipv6Neigh;
import dev.cnilab.netlink.Ipv6Route;
import dev.cnilab.netlink.Neigh;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import org.junit.jupiter.api.Test;

/** Lines in iproute2's format. */
class MonitorLineTest {

    private static final Ipv4Address WORKER = Ipv4Address.parse("172.18.0.3");
    private static final MacAddress MAC = MacAddress.parse("02:42:ac:12:00:03");

    private final MonitorLine lines = new MonitorLine();

    @Test
    void formatsAReachableNeighbour() {
        Neigh neigh = new Neigh(2, WORKER, MAC, Neigh.State.REACHABLE);
        assertThat(lines.of(new Event.NeighEvent(neigh, false)))
                .isEqualTo("[NEIGH]172.18.0.3 dev if2 lladdr 02:42:ac:12:00:03 REACHABLE");
        assertThat(lines.of(new Event.NeighEvent(neigh, true))).startsWith("[NEIGH]Deleted 172");
    }

    @Test
    void formatsAFailedNeighbour() {
        Neigh neigh = new Neigh(2, WORKER, null, Neigh.State.FAILED);
        assertThat(lines.of(new Event.NeighEvent(neigh, false)))
                .isEqualTo("[NEIGH]172.18.0.3 dev if2 FAILED");
    }

    @Test
    void formatsIpv6RouteAndNeighbour() {
        Ipv6Prefix gateway = Ipv6Prefix.parse("fc00:f853:ccd:e793::1/128");
        Ipv6Route route =
                new Ipv6Route(
                        Ipv6Prefix.parse("::/0"), gateway, 2, RouteType.UNICAST, Route.MAIN, 1024);
        assertThat(lines.of(new Event.Ipv6RouteEvent(route, false)))
                .isEqualTo("[ROUTE]default via fc00:f853:ccd:e793::1 dev if2 metric 1024");
        Ipv6Neigh neigh = new Ipv6Neigh(2, gateway, MAC, Neigh.State.STALE);
        assertThat(lines.of(new Event.Ipv6NeighEvent(neigh, true)))
                .isEqualTo(
                        "[NEIGH]Deleted fc00:f853:ccd:e793::1 dev if2 lladdr 02:42:ac:12:00:03 STALE");
    }
}
