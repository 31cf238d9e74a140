package dev.cnilab.trace;

/**
 * Why a packet got from one hop to the next.
 *
 * @param text the route as printed by {@code ip route}, the neighbour, what the rule did
 * @param entry the route as printed by {@code route -n}, the rule as printed by its own tool; ""
 *     for other kinds
 * @param shownBy the command that shows it at that place; "" for none
 */
public record Reason(Kind kind, String text, String entry, String shownBy) {

    /** The kind of reason. */
    public enum Kind {
        /** A routing table's entry. */
        ROUTE,
        /** The MAC address of the next hop. */
        NEIGHBOUR,
        /** The peer of a veth pair. */
        VETH_PAIR,
        /** A bridge passed it to its own interface, or from port to port. */
        BRIDGE,
        /** A rule changed its destination. */
        DNAT,
        /** A rule changed its source, or connection tracking translated a reply. */
        SNAT,
        /** A tunnel added the outer header. */
        ENCAPSULATION,
        /** A tunnel removed the outer header. */
        DECAPSULATION,
        /** It was fragmented to fit a link's MTU, or reassembled. */
        FRAGMENTATION,
        /** Local delivery. */
        DELIVERY
    }
}
