package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.netlink.Scope;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the external interface is selected, in flannel's order: the first of the names and addresses
 * that exists, else the first interface whose name or address matches the pattern, else the one
 * with the route to an address, else the one of the default route. Its address is the given one, or
 * its first global one.
 *
 * @param names interface names or their IPv4 addresses
 */
public record InterfaceChoice(
        List<String> names, Optional<Pattern> regex, Optional<Ipv4Address> canReach) {

    /** Selects the default route's interface. */
    public static final InterfaceChoice DEFAULT_ROUTE =
            new InterfaceChoice(List.of(), Optional.empty(), Optional.empty());

    public InterfaceChoice {
        names = List.copyOf(names);
    }

    /**
     * Selects the interface in the connection's namespace.
     *
     * @throws IOException when there is none; the message names the criteria and the existing
     *     interfaces
     */
    public ExternalInterface resolve(Connection connection) throws IOException {
        List<Link> links = new Links(connection).list();
        List<Addr.V4> addrs = globalAddresses(connection);
        for (String name : names) {
            Optional<ExternalInterface> found =
                    first(
                            links,
                            addrs,
                            (link, addr) ->
                                    link.name().equals(name)
                                            || addr.address().toString().equals(name));
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (regex.isPresent()) {
            Predicate<String> matches = regex.get().asPredicate();
            Optional<ExternalInterface> found =
                    first(
                            links,
                            addrs,
                            (link, addr) ->
                                    matches.test(link.name())
                                            || matches.test(addr.address().toString()));
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (!names.isEmpty() || regex.isPresent()) {
            throw none("no interface with an IPv4 address is " + wanted(), links, addrs);
        }
        Routes routes = new Routes(connection);
        int index = canReach.isPresent() ? routes.get(canReach.get()).dev() : byDefault(routes);
        return first(links, addrs, (link, addr) -> link.index() == index)
                .orElseThrow(() -> none("there is no default route", links, addrs));
    }

    @FunctionalInterface
    private interface Match {
        boolean test(Link link, Ipv4Prefix address);
    }

    private static Optional<ExternalInterface> first(
            List<Link> links, List<Addr.V4> addrs, Match match) {
        for (Link link : links) {
            for (Addr.V4 addr : addrs) {
                if (addr.index() == link.index() && match.test(link, addr.local())) {
                    return Optional.of(
                            new ExternalInterface(
                                    link.name(), link.index(), addr.local(), link.mtu()));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Addr.V4> globalAddresses(Connection connection) throws IOException {
        return new Addrs(connection)
                .list().stream()
                        .filter(Addr.V4.class::isInstance)
                        .map(Addr.V4.class::cast)
                        .filter(addr -> addr.scope() == Scope.GLOBAL)
                        .toList();
    }

    private static int byDefault(Routes routes) throws IOException {
        return routes.list(Route.MAIN).stream()
                .filter(route -> route.dst().length() == 0 && route.dev() != 0)
                .min(Comparator.comparingInt(Route::metric))
                .map(Route::dev)
                .orElse(0);
    }

    private String wanted() {
        String listed = String.join(" or ", names);
        String pattern = regex.map(found -> "like '" + found + "'").orElse("");
        return listed + (listed.isEmpty() || pattern.isEmpty() ? "" : " or ") + pattern;
    }

    private static IOException none(String reason, List<Link> links, List<Addr.V4> addrs) {
        List<String> there =
                links.stream()
                        .flatMap(link ->
                                addrs.stream()
                                        .filter(addr -> addr.index() == link.index())
                                        .map(addr -> link.name() + " " + addr.local()))
                        .toList();
        return new IOException(
                "external interface: "
                        + reason
                        + "; there are "
                        + there
                        + ". Name one with --iface");
    }
}
