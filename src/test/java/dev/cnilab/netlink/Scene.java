package dev.cnilab.netlink;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sets up one network namespace for a test, with operations like those of {@code ip}. */
public record Scene(NetNamespace namespace) {

    private static final int MTU = 1500;

    /** An operation on a connection. */
    @FunctionalInterface
    private interface Change {
        void make(Connection connection) throws IOException;
    }

    public static Scene in(NetNamespace namespace) {
        return new Scene(namespace);
    }

    public Scene up(String link) throws IOException {
        return change(connection -> new Links(connection).up(index(connection, link)));
    }

    public Scene down(String link) throws IOException {
        return change(connection -> new Links(connection).down(index(connection, link)));
    }

    /** Creates a bridge, down. */
    public Scene bridge(String name) throws IOException {
        return link(new NewLink(name, "bridge", null, new LinkData.Bridge()));
    }

    public Scene link(NewLink link) throws IOException {
        return change(connection -> new Links(connection).add(link));
    }

    /**
     * Creates a veth pair, both ends up.
     *
     * @param peerNamespace null for this one
     */
    public Scene veth(String name, String peer, @Nullable NetNamespace peerNamespace)
            throws IOException {
        change(connection ->
                new Links(connection).add(new VethPair(name, 0, MTU, peer, null, peerNamespace)));
        Scene.in(peerNamespace == null ? namespace : peerNamespace).up(peer);
        return this;
    }

    public Scene mtu(String link, int bytes) throws IOException {
        return change(connection -> new Links(connection).mtu(index(connection, link), bytes));
    }

    /**
     * Sets or clears a link's bridge.
     *
     * @param bridge null for none
     */
    public Scene master(String link, @Nullable String bridge) throws IOException {
        return change(connection ->
                new Links(connection)
                        .master(
                                index(connection, link),
                                bridge == null ? 0 : index(connection, bridge)));
    }

    public Scene hairpin(String link) throws IOException {
        return change(connection -> new Links(connection).hairpin(index(connection, link), true));
    }

    public Scene delete(String link) throws IOException {
        return change(connection -> new Links(connection).delete(link));
    }

    /**
     * Adds an address.
     *
     * @param prefix such as {@code 10.244.1.1/24} or {@code fd00::1/64}
     */
    public Scene address(String prefix, String link) throws IOException {
        return change(connection -> {
            int index = index(connection, link);
            new Addrs(connection)
                    .add(
                            prefix.contains(":")
                                    ? Addr.of(index, Ipv6Prefix.parse(prefix))
                                    : Addr.of(index, Ipv4Prefix.parse(prefix)));
        });
    }

    /**
     * Adds a route.
     *
     * @param destination such as {@code 10.244.0.0/16} or {@code default}
     */
    public Scene routeVia(String destination, String gateway) throws IOException {
        Ipv4Address via = Ipv4Address.parse(gateway);
        return change(connection -> {
            Routes routes = new Routes(connection);
            routes.add(Route.via(prefix(destination), via, routes.get(via).dev()));
        });
    }

    public Scene routeOn(String destination, String link) throws IOException {
        return change(connection ->
                new Routes(connection)
                        .add(Route.onLink(prefix(destination), index(connection, link))));
    }

    public Scene route(Route route) throws IOException {
        return change(connection -> new Routes(connection).add(route));
    }

    public Scene neigh(Neigh neigh) throws IOException {
        return change(connection -> new Neighs(connection).replace(neigh));
    }

    /** Deletes the routes of the main table with that destination. */
    public Scene deleteRoute(String destination) throws IOException {
        return change(connection -> {
            Routes routes = new Routes(connection);
            for (Route route : routes.list(Route.MAIN)) {
                if (route.dst().equals(prefix(destination))) {
                    routes.delete(route);
                }
            }
        });
    }

    /** Returns a link's index. */
    public int index(String link) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            return index(connection, link);
        }
    }

    private Scene change(Change change) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            change.make(connection);
        }
        return this;
    }

    private static int index(Connection connection, String link) throws IOException {
        return new Links(connection).get(link).index();
    }

    private static Ipv4Prefix prefix(String destination) {
        return destination.equals("default")
                ? Route.anyDestination()
                : Ipv4Prefix.parse(destination);
    }
}
