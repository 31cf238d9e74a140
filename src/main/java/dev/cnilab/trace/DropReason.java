package dev.cnilab.trace;

/** Why a packet was lost. */
public enum DropReason {
    /** No route to the destination. */
    NO_ROUTE,
    /** The next hop does not reply to ARP. */
    NO_NEIGHBOUR,
    /**
     * Dropped by reverse path filtering: it arrived on another interface than a reply would leave
     * by.
     */
    RP_FILTER,
    /** IP forwarding is disabled. */
    FORWARDING_OFF,
    /** Dropped or rejected by a rule or a chain's policy in the forward hook. */
    FORWARD_DROP,
    /** The encapsulated packet is dropped between the nodes or by a node. */
    TUNNEL_FILTERED,
    /** Longer than a link's MTU, with DF set. */
    MTU,
    /** A Service without Ready pods. */
    NO_ENDPOINT,
    /** A link is down. */
    LINK_DOWN,
    /** The tunnel device does not exist. */
    TUNNEL_MISSING,
    /** The tunnel device exists, but the agent that serves it does not run. */
    AGENT_DOWN,
    /** TTL exceeded. */
    TTL_EXPIRED,
    /** Delivered, but no process listens on the port. */
    PORT_CLOSED,
    /** Delivered, but not answered. */
    NO_ANSWER,
    /** No known reason applies. */
    UNKNOWN
}
