package dev.cnilab.netlink;

/** A change in a network namespace. */
public sealed interface Event {

    /**
     * @param deleted else added or changed
     */
    record LinkEvent(Link link, boolean deleted) implements Event {}

    /**
     * @param deleted else added or changed
     */
    record AddrEvent(Addr addr, boolean deleted) implements Event {}

    /**
     * @param deleted else added or changed
     */
    record RouteEvent(Route route, boolean deleted) implements Event {}

    /**
     * @param deleted else added or changed
     */
    record NeighEvent(Neigh neigh, boolean deleted) implements Event {}

    /**
     * @param deleted else added or changed
     */
    record Ipv6RouteEvent(Ipv6Route route, boolean deleted) implements Event {}

    /**
     * @param deleted else added or changed
     */
    record Ipv6NeighEvent(Ipv6Neigh neigh, boolean deleted) implements Event {}

    /**
     * Something of an nf_tables table changed: itself, a chain, a rule, a set.
     *
     * @param table its name
     */
    record TableEvent(String table) implements Event {}

    /** The kernel dropped events: what the listener knows is stale, and it should list again. */
    record Overrun() implements Event {}
}
