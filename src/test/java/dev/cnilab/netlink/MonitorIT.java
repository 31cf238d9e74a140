package dev.cnilab.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MonitorIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    @Test
    void reportsChanges() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        try (Connection connection = Connection.open(namespace);
                Monitor monitor = Monitor.open(namespace)) {
            Links links = new Links(connection);
            links.add(NewLink.bridge("br0", MacAddress.parse("0a:58:0a:f4:00:01")));
            int index = links.get("br0").index();
            expect(
                    monitor,
                    e ->
                            e instanceof Event.LinkEvent(var l, var gone)
                                    && !gone
                                    && l.name().equals("br0"));

            links.up(index);
            expect(monitor, e -> e instanceof Event.LinkEvent(var l, var _) && l.up());

            Addr addr = Addr.of(index, Ipv4Prefix.parse("10.244.0.1/24"));
            new Addrs(connection).add(addr);
            expect(monitor, e -> e.equals(new Event.AddrEvent(addr, false)));

            Route route =
                    Route.via(
                            Ipv4Prefix.parse("10.244.1.0/24"),
                            Ipv4Address.parse("10.244.0.7"),
                            index);
            new Routes(connection).add(route);
            expect(monitor, e -> e.equals(new Event.RouteEvent(route, false)));
            new Routes(connection).delete(route);
            expect(monitor, e -> e.equals(new Event.RouteEvent(route, true)));

            Neigh neigh =
                    Neigh.permanent(
                            index,
                            Ipv4Address.parse("10.244.0.7"),
                            MacAddress.parse("02:00:00:00:00:07"));
            new Neighs(connection).replace(neigh);
            expect(monitor, e -> e.equals(new Event.NeighEvent(neigh, false)));

            links.delete("br0");
            expect(
                    monitor,
                    e ->
                            e instanceof Event.LinkEvent(var l, var gone)
                                    && gone
                                    && l.name().equals("br0"));
        }
    }

    @Test
    @Needs(Peer.IP)
    void reportsIpv6Changes() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Scene.in(namespace).bridge("br0").up("br0");
        int index = Scene.in(namespace).index("br0");
        try (Monitor monitor = Monitor.open(namespace)) {
            Sandbox.run(namespace, "ip", "addr", "add", "fd00::1/64", "dev", "br0", "nodad");
            Sandbox.run(namespace, "ip", "route", "add", "fd01::/64", "via", "fd00::7");
            Ipv6Route route6 =
                    new Ipv6Route(
                            Ipv6Prefix.parse("fd01::/64"),
                            Ipv6Prefix.parse("fd00::7/128"),
                            index,
                            RouteType.UNICAST,
                            Route.MAIN,
                            1024);
            expect(monitor, e -> e.equals(new Event.Ipv6RouteEvent(route6, false)));
            Sandbox.run(
                    namespace,
                    "ip -6 neigh add fd00::7 lladdr 02:00:00:00:00:07 dev br0".split(" "));
            Ipv6Neigh neigh6 =
                    new Ipv6Neigh(
                            index,
                            Ipv6Prefix.parse("fd00::7/128"),
                            MacAddress.parse("02:00:00:00:00:07"),
                            Neigh.State.PERMANENT);
            expect(monitor, e -> e.equals(new Event.Ipv6NeighEvent(neigh6, false)));
        }
    }

    @Test
    void isEmptyAfterTheTimeout() throws IOException {
        try (Monitor monitor = Monitor.open(sandbox.namespace())) {
            assertThat(monitor.next(Duration.ofMillis(60))).isEmpty();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    @Test
    void closeWakesAnotherThread() throws Exception {
        Monitor monitor = Monitor.open(sandbox.namespace());
        CompletableFuture<Optional<Event>> waiting = new CompletableFuture<>();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                waiting.complete(monitor.next(Duration.ofMinutes(5)));
                            } catch (IOException e) {
                                waiting.completeExceptionally(e);
                            }
                        });
        monitor.close();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(monitor.isOpen()).isFalse();
        reader.join();
    }

    private static void expect(Monitor monitor, Predicate<Event> wanted) throws IOException {
        Event event;
        do {
            event = monitor.next(SOON).orElseThrow(() -> new AssertionError("no such event"));
        } while (!wanted.test(event));
    }
}
