package dev.cnilab.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses, routes and neighbours on a link with 172.18.0.2/16. */
class RoutesIT {

    private static final Ipv4Prefix SUBNET = Ipv4Prefix.parse("10.244.1.0/24");
    private static final Ipv4Address PEER = Ipv4Address.parse("172.18.0.3");

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    private NetNamespace namespace;
    private Connection connection;
    private Addrs addrs;
    private Routes routes;
    private Neighs neighs;
    private int dev;

    @BeforeEach
    void open() throws IOException {
        namespace = sandbox.namespace();
        connection = Connection.open(namespace);
        addrs = new Addrs(connection);
        routes = new Routes(connection);
        neighs = new Neighs(connection);
        Links links = new Links(connection);
        links.add(new VethPair("eth0", 0, 1500, "peer", null, null));
        links.up(links.get("peer").index());
        dev = links.get("eth0").index();
        addrs.add(Addr.of(dev, Ipv4Prefix.parse("172.18.0.2/16")));
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    @Needs(Peer.IP)
    void listsTheAddressesThatIpLists() throws IOException {
        Addr.V6 six = Addr.of(dev, Ipv6Prefix.parse("fd00:172:18:1::2/64"));
        addrs.add(six);

        JsonNode info = json("ip", "-j", "addr", "show", "dev", "eth0").path(0).path("addr_info");
        assertThat(info)
                .extracting(
                        a -> a.path("local").asText() + "/" + a.path("prefixlen").asInt(),
                        a -> a.path("scope").asText())
                .containsExactlyInAnyOrderElementsOf(
                        addrs.list().stream()
                                .filter(addr -> addr.index() == dev)
                                .map(addr -> tuple(local(addr), addr.scope().toString()))
                                .toList());
        assertThat(info.path(0).path("broadcast").asText()).isEqualTo("172.18.255.255");
        assertThat(addrs.list()).contains(six);

        addrs.delete(six);
        assertThat(addrs.list()).doesNotContain(six);
        assertThatThrownBy(() -> addrs.delete(six)).satisfies(e -> is(e, Errno.EADDRNOTAVAIL));
    }

    @Test
    @Needs(Peer.IP)
    void addsAnOnlinkRoute() throws IOException {
        Ipv4Address far = Ipv4Address.parse("192.0.2.1");
        Route route =
                Route.via(SUBNET, far, dev)
                        .withProtocol(77)
                        .withMetric(5)
                        .withPrefSource(Ipv4Address.parse("172.18.0.2"))
                        .withMtu(1300);
        assertThatThrownBy(() -> routes.add(route)).satisfies(e -> is(e, Errno.ENETUNREACH));

        Route onlink = route.withOnlink();
        routes.add(onlink);

        assertThat(routes.list(Route.MAIN)).contains(onlink);
        JsonNode theirs = json("ip", "-j", "route", "show", SUBNET.toString()).path(0);
        assertThat(theirs.path("gateway").asText()).isEqualTo("192.0.2.1");
        assertThat(theirs.path("dev").asText()).isEqualTo("eth0");
        assertThat(theirs.path("protocol").asText()).isEqualTo("77");
        assertThat(theirs.path("metric").asInt()).isEqualTo(5);
        assertThat(theirs.path("prefsrc").asText()).isEqualTo("172.18.0.2");
        assertThat(theirs.path("metrics").path(0).path("mtu").asInt()).isEqualTo(1300);
        assertThat(theirs.path("flags").path(0).asText()).isEqualTo("onlink");

        assertThatThrownBy(() -> routes.add(onlink)).satisfies(e -> is(e, Errno.EEXIST));
        routes.delete(onlink);
        assertThatThrownBy(() -> routes.delete(onlink)).satisfies(e -> is(e, Errno.ESRCH));
    }

    @Test
    void replacesARoute() throws IOException {
        routes.replace(Route.via(SUBNET, PEER, dev));
        Route other = Route.via(SUBNET, Ipv4Address.parse("172.18.0.4"), dev);
        routes.replace(other);
        assertThat(routes.list(Route.MAIN))
                .filteredOn(route -> route.dst().equals(SUBNET))
                .containsExactly(other);
    }

    @Test
    void looksUpARoute() throws IOException {
        assertThatThrownBy(() -> routes.get(SUBNET.host(6)))
                .satisfies(e -> is(e, Errno.ENETUNREACH));
        routes.add(Route.via(Route.anyDestination(), PEER, dev));
        Route found = routes.get(SUBNET.host(6));
        assertThat(found.gateway()).isEqualTo(PEER);
        assertThat(found.dev()).isEqualTo(dev);
        assertThat(found.prefSource()).isEqualTo(Ipv4Address.parse("172.18.0.2"));
        assertThat(routes.get(Ipv4Address.parse("172.18.0.2")).type()).isEqualTo(RouteType.LOCAL);
    }

    @Test
    @Needs(Peer.IP)
    void listsAsManyRoutesAsIp() throws IOException {
        for (int i = 0; i < 2000; i++) {
            routes.add(Route.via(new Ipv4Prefix(SUBNET.host(i), 32), PEER, dev));
        }
        assertThat(routes.list())
                .hasSize(json("ip", "-j", "-4", "route", "show", "table", "all").size());
    }

    @Test
    @Needs(Peer.IP)
    void listsReplacesAndDeletesNeighbours() throws IOException {
        Neigh neigh = Neigh.permanent(dev, PEER, MacAddress.parse("02:00:00:00:00:03"));
        neighs.replace(neigh);
        assertThat(neighs.list()).contains(neigh);
        JsonNode theirs = json("ip", "-j", "neigh", "show", PEER.toString()).path(0);
        assertThat(theirs.path("lladdr").asText()).isEqualTo("02:00:00:00:00:03");
        assertThat(theirs.path("state").path(0).asText()).isEqualTo("PERMANENT");
        neighs.delete(neigh);
        assertThat(neighs.list()).doesNotContain(neigh);
    }

    private JsonNode json(String... command) throws IOException {
        return new ObjectMapper().readTree(Sandbox.run(namespace, command));
    }

    private static String local(Addr addr) {
        return switch (addr) {
            case Addr.V4 v4 -> v4.local().toString();
            case Addr.V6 v6 -> v6.local().toString();
        };
    }

    private static void is(Throwable thrown, Errno errno) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.errno()).isEqualTo(errno.number()));
    }
}
