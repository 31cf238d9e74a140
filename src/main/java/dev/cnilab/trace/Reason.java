package dev.cnilab.trace;

/**
 * What made the packet go on as it did.
 *
 * @param text the thing itself: a route's line as {@code ip route} prints it, a neighbour's, a rule
 * @param entry a route's line as {@code route -n} prints it; "" for all else
 * @param shownBy the command that shows it where it happened; "" when none does
 */
public record Reason(Kind kind, String text, String entry, String shownBy) {

    /** Its sort. */
    public enum Kind {
        /** A routing table's entry. */
        ROUTE,
        /** The MAC address of the next hop. */
        NEIGHBOUR,
        /** The other end of a veth pair. */
        VETH_PAIR,
        /** A bridge passed it up, or from port to port. */
        BRIDGE,
        /** A rule changed its destination. */
        DNAT,
        /** A rule changed its source, or connection tracking changed it back. */
        SNAT,
        /** A tunnel's header was put on. */
        ENCAPSULATION,
        /** A tunnel's header was taken off. */
        DECAPSULATION,
        /** It was cut to fit a link, or put together again. */
        FRAGMENTATION,
        /** It is for this place. */
        DELIVERY
    }
}
