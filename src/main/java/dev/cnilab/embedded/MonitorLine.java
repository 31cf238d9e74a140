package dev.cnilab.embedded;

import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Event;
import dev.cnilab.netlink.Ipv6Neigh;
import dev.cnilab.netlink.Ipv6Route;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkFlag;
import dev.cnilab.netlink.Neigh;
import dev.cnilab.netlink.Route;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats events as {@code ip monitor all} does, one line each. Tracks links' names. */
final class MonitorLine {

    private final Map<Integer, String> names = new HashMap<>();

    String of(Event event) {
        return switch (event) {
            case Event.LinkEvent(Link link, boolean deleted) ->
                    "[LINK]" + deleted(deleted) + link(link);
            case Event.AddrEvent(Addr addr, boolean deleted) ->
                    "[ADDR]" + deleted(deleted) + addr(addr);
            case Event.RouteEvent(Route route, boolean deleted) ->
                    "[ROUTE]" + deleted(deleted) + route(route.toString(), route.dev());
            case Event.Ipv6RouteEvent(Ipv6Route route, boolean deleted) ->
                    "[ROUTE]" + deleted(deleted) + route(route.toString(), route.dev());
            case Event.NeighEvent(Neigh(int dev, var dst, var mac, var state), boolean deleted) ->
                    "[NEIGH]" + deleted(deleted) + neigh(dst.toString(), dev, mac, state);
            case Event.Ipv6NeighEvent(
                            Ipv6Neigh(int dev, var dst, var mac, var state),
                            boolean deleted) ->
                    "[NEIGH]" + deleted(deleted) + neigh(dst.address(), dev, mac, state);
            case Event.TableEvent(String table) -> "[NFTABLES]table " + table;
            case Event.Overrun _ -> "(events were lost)";
        };
    }

    private static String deleted(boolean deleted) {
        return deleted ? "Deleted " : "";
    }

    private String link(Link link) {
        names.put(link.index(), link.name());
        String flags =
                link.flags().stream().sorted().map(LinkFlag::name).collect(Collectors.joining(","));
        return "%d: %s: <%s> mtu %d qdisc %s%s state %s"
                        .formatted(
                                link.index(),
                                link.name(),
                                flags,
                                link.mtu(),
                                link.qdisc(),
                                link.master() == 0 ? "" : " master " + name(link.master()),
                                link.operState())
                + (link.kind().isEmpty() ? "" : " " + link.kind())
                + (link.mac() == null ? "" : " link/ether " + link.mac());
    }

    private String addr(Addr addr) {
        String local =
                switch (addr) {
                    case Addr.V4 v4 -> "inet " + v4.local();
                    case Addr.V6 v6 -> "inet6 " + v6.local();
                };
        return addr.index() + ": " + name(addr.index()) + " " + local + " scope " + addr.scope();
    }

    private String route(String route, int dev) {
        return route.replaceFirst("#([0-9]+)", name(dev));
    }

    private String neigh(String dst, int dev, @Nullable MacAddress mac, Neigh.State state) {
        return dst + " dev " + name(dev) + (mac == null ? "" : " lladdr " + mac) + " " + state;
    }

    private String name(int index) {
        return names.getOrDefault(index, "if" + index);
    }
}
