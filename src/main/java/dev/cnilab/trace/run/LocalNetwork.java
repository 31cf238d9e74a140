package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Links, routes and neighbours of a place, parsed from the output of {@code ip}. */
record LocalNetwork(Interfaces interfaces, List<Route> routes, List<Neigh> neighs) {

    static final LocalNetwork UNKNOWN =
            new LocalNetwork(new Interfaces(List.of()), List.of(), List.of());

    /**
     * @param state REACHABLE, STALE, FAILED, INCOMPLETE, ...
     */
    record Neigh(String line, Ipv4Address address, String device, String mac, String state) {}

    /** Parses the output of {@code ip neigh show}; lines of other forms are left out. */
    static List<Neigh> neighs(String text) {
        return text.lines().map(String::strip).flatMap(line -> neigh(line).stream()).toList();
    }

    private static Optional<Neigh> neigh(String line) {
        List<String> words = List.of(line.split(" +"));
        try {
            return Optional.of(
                    new Neigh(
                            line,
                            Ipv4Address.parse(words.getFirst()),
                            Route.after(words, "dev"),
                            Route.after(words, "lladdr"),
                            words.getLast()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    List<Interface> links() {
        return interfaces.links();
    }

    Optional<Interface> link(String name) {
        return interfaces.named(name);
    }

    /** Whether the address is local. */
    boolean has(Ipv4Address address) {
        return links().stream().flatMap(LocalNetwork::addresses).anyMatch(address::equals);
    }

    /** The link's own addresses. */
    static Stream<Ipv4Address> addresses(Interface link) {
        return link.addresses().stream().map(Ipv4Prefix::parse).map(Ipv4Prefix::address);
    }

    /** Whether the address is in a subnet of the link. */
    static boolean joins(Interface link, Ipv4Address address) {
        return link.addresses().stream()
                .map(Ipv4Prefix::parse)
                .anyMatch(prefix -> prefix.contains(address));
    }

    /** The route to a destination: longest prefix, then lowest metric. */
    Optional<Route> route(Ipv4Address destination) {
        return Route.best(routes, destination);
    }

    Optional<Neigh> neigh(Ipv4Address address, String device) {
        return neighs.stream()
                .filter(neigh -> neigh.address().equals(address) && neigh.device().equals(device))
                .findFirst();
    }
}
