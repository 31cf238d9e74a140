package dev.cnilab.graph;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Place;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace as shown by commands that ran in it.
 *
 * @param problem why it could not be read, in one line; "" when it was
 */
public record Netns(
        Place location, List<Interfaces.Interface> links, List<NodeRoute> routes, String problem) {

    public Netns {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
    }

    static Netns unread(Place location, String problem) {
        return new Netns(location, List.of(), List.of(), problem);
    }

    public Optional<Interfaces.Interface> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Returns the first interface with this address. */
    Optional<Interfaces.Interface> holding(String address) {
        return links.stream()
                .filter(link ->
                        link.addresses().stream().anyMatch(held -> held.startsWith(address + "/")))
                .findFirst();
    }
}
