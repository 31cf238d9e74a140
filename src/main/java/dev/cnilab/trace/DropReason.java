package dev.cnilab.trace;

/** Why a packet went no further. */
public enum DropReason {
    /** No entry of the routing table fits. */
    NO_ROUTE,
    /** Nobody answered to the next hop's address. */
    NO_NEIGHBOUR,
    /** It came in by another interface than an answer would leave by. */
    RP_FILTER,
    /** The place does not forward at all. */
    FORWARDING_OFF,
    /** A rule or a chain's policy dropped or rejected what is forwarded. */
    FORWARD_DROP,
    /** The tunnel's outer packet is dropped on the way, or not let in. */
    TUNNEL_FILTERED,
    /** It is longer than a link on the way takes, and must not be cut. */
    MTU,
    /** A Service without Ready pods. */
    NO_ENDPOINT,
    /** A link is down. */
    LINK_DOWN,
    /** There is no tunnel device. */
    TUNNEL_MISSING,
    /** The tunnel is there, but nobody works it. */
    AGENT_DOWN,
    /** It went through too many routers. */
    TTL_EXPIRED,
    /** It arrived, and nobody listens at that port. */
    PORT_CLOSED,
    /** It arrived, and was not answered. */
    NO_ANSWER,
    /** None of the known reasons holds. */
    UNKNOWN
}
