package dev.cnilab.netlink;

/** A change in a network namespace. */
public sealed interface Event {

    /**
     * A link was changed.
     *
     * @param deleted false when it was added or changed
     */
    record LinkEvent(Link link, boolean deleted) implements Event {}

    /**
     * An address was changed.
     *
     * @param deleted false when it was added or changed
     */
    record AddrEvent(Addr addr, boolean deleted) implements Event {}

    /**
     * An IPv4 route was changed.
     *
     * @param deleted false when it was added or changed
     */
    record RouteEvent(Route route, boolean deleted) implements Event {}

    /**
     * An IPv4 neighbour was changed.
     *
     * @param deleted false when it was added or changed
     */
    record NeighEvent(Neigh neigh, boolean deleted) implements Event {}

    /**
     * An IPv6 route was changed.
     *
     * @param deleted false when it was added or changed
     */
    record Ipv6RouteEvent(Ipv6Route route, boolean deleted) implements Event {}

    /**
     * An IPv6 neighbour was changed.
     *
     * @param deleted false when it was added or changed
     */
    record Ipv6NeighEvent(Ipv6Neigh neigh, boolean deleted) implements Event {}

    /**
     * An nf_tables table was changed: the table itself, a chain, a rule or a set.
     *
     * @param table its name
     */
    record TableEvent(String table) implements Event {}

    /** The kernel dropped events; the listener must list the current state again. */
    record Overrun() implements Event {}
}
