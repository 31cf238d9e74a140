package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes on a node are repaired within a second. */
class SelfHealIT {

    private static final Ipv4Prefix REMOTE = NodesOnBridge.subnet(1);

    /** LAB_TIME_FACTOR extends the second for emulated machines. */
    private static final Duration BUDGET =
            Duration.ofSeconds(1)
                    .multipliedBy(
                            Long.parseLong(System.getenv().getOrDefault("LAB_TIME_FACTOR", "1")));

    private NodesOnBridge nodes;
    RunningBackend backend;
    private Connection connection;

    @BeforeEach
    void start() throws IOException {
        nodes = new NodesOnBridge(1);
        backend = new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
        connection = Connection.open(nodes.namespace(0));
        assertThat(stands(1480, 0)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        backend.close();
        nodes.close();
    }

    @Test
    void recreatesADeletedDevice() throws Exception {
        int before = links().get("flannel.ipip").index();
        links().delete("flannel.ipip");
        assertRepaired(() -> stands(1480, before));
    }

    @Test
    void restoresFlushedRoutes() throws Exception {
        Routes routes = new Routes(connection);
        List<Route> own =
                routes.list(Route.MAIN).stream()
                        .filter(route -> route.protocol() == PeerRoute.PROTOCOL)
                        .toList();
        assertThat(own).isNotEmpty();
        for (Route route : own) {
            routes.delete(route);
        }
        assertRepaired(() -> stands(1480, 0));
    }

    @Test
    void setsADownDeviceUp() throws Exception {
        links().down(links().get("flannel.ipip").index());
        assertRepaired(() -> stands(1480, 0));
    }

    @Test
    void followsTheExternalInterfacesMtu() throws Exception {
        links().mtu(links().get("eth0").index(), 1400);
        assertRepaired(() -> stands(1380, 0) && links().get("cni0").mtu() == 1380);
        assertThat(backend.states.take().mtu()).isEqualTo(1380);
    }

    @Test
    void followsTheExternalInterfacesAddress() throws Exception {
        int eth0 = links().get("eth0").index();
        Addrs addrs = new Addrs(connection);
        addrs.delete(Addr.of(eth0, Ipv4Prefix.parse("172.18.0.2/16")));
        addrs.add(Addr.of(eth0, Ipv4Prefix.parse("172.18.0.77/16")));
        new Routes(connection)
                .add(
                        Route.via(
                                Route.anyDestination(),
                                Ipv4Prefix.parse("172.18.0.1/16").address(),
                                eth0));
        TunnelState moved = backend.states.take();
        assertThat(moved.external().address()).isEqualTo(Ipv4Prefix.parse("172.18.0.77/16"));
        assertRepaired(() -> stands(1480, 0));
        if (links().get("flannel.ipip").data() instanceof LinkData.IpIp tunnel) {
            assertThat(tunnel.local()).hasToString("172.18.0.77");
        }
    }

    @ParameterizedTest
    @Needs(Peer.NFT)
    @ValueSource(
            strings = {
                "flush ruleset",
                "flush chain ip lab-ipip input",
                "delete table ip lab-ipip",
                "flush set ip lab-ipip nodes",
                "add element ip lab-ipip nodes { 172.18.0.99 }"
            })
    void theRulesChanged(String command) throws Exception {
        String before = nft("list ruleset");
        assertThat(before).contains("172.18.0.3", "masquerade");
        nft(command);
        assertRepaired(() -> nft("list ruleset").equals(before));
    }

    @Test
    void deletesAStaleRoute() throws Exception {
        int device = links().get("flannel.ipip").index();
        Ipv4Prefix stale = Ipv4Prefix.parse("10.244.9.0/24");
        new Routes(connection)
                .add(
                        Route.via(stale, NodesOnBridge.publicIp(7), device)
                                .withOnlink()
                                .withProtocol(PeerRoute.PROTOCOL));
        assertRepaired(() ->
                new Routes(connection)
                        .list(Route.MAIN).stream().noneMatch(route -> route.dst().equals(stale)));
    }

    @Test
    void addsAThousandNodesTogether() throws Exception {
        backend.loop().peers(IntStream.range(0, 1000).mapToObj(SelfHealIT::distantLease).toList());
        long start = System.nanoTime();
        assertRepaired(() -> ownRoutes() == 1000);
        System.out.printf(
                "1,000 nodes: all routes after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        backend.loop().peers(List.of());
        assertRepaired(() -> ownRoutes() == 0);
    }

    @Test
    void uninstallRemovesEverything() throws Exception {
        backend.close();
        backend.uninstall();
        assertThat(links().find("flannel.ipip")).isEmpty();
        assertThat(ownRoutes()).isZero();
    }

    private String nft(String command) throws IOException {
        List<String> argv = new ArrayList<>(List.of(Peer.NFT.path().toString()));
        argv.addAll(List.of(command.split(" ")));
        ExecResult result =
                nodes.namespace(0).call(() -> Command.of(argv).run(Duration.ofSeconds(30)));
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
    }

    private static Lease distantLease(int number) {
        return new Lease(
                "n" + number,
                new Ipv4Prefix(Ipv4Prefix.parse("10.0.0.0/8").address().plus(number << 8), 24),
                Ipv4Prefix.parse("172.18.8.0/16").address().plus(number),
                IpipBackend.TYPE,
                "null");
    }

    private boolean stands(int mtu, int otherThan) throws IOException {
        Optional<Link> device = links().find("flannel.ipip");
        if (device.isEmpty() || device.get().index() == otherThan) {
            return false;
        }
        boolean addressed =
                new Addrs(connection)
                        .list4(device.get().index())
                        .contains(Addr.of(device.get().index(), Ipv4Prefix.parse("10.244.0.0/32")));
        boolean routed =
                new Routes(connection)
                        .list(Route.MAIN).stream()
                                .anyMatch(route ->
                                        route.dst().equals(REMOTE)
                                                && route.onlink()
                                                && route.dev() == device.get().index());
        return device.get().up() && device.get().mtu() == mtu && addressed && routed;
    }

    private long ownRoutes() throws IOException {
        return new Routes(connection)
                .list(Route.MAIN).stream()
                        .filter(route -> route.protocol() == PeerRoute.PROTOCOL)
                        .count();
    }

    private Links links() {
        return new Links(connection);
    }

    private static void assertRepaired(NetNamespace.Work<Boolean> whole) throws Exception {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (!whole.run()) {
            assertThat(System.nanoTime()).as("within a second").isLessThan(deadline);
            Thread.sleep(1);
        }
    }
}
