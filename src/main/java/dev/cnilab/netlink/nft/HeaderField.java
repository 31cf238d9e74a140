package dev.cnilab.netlink.nft;

/** A packet field used as a set's key, with its type number in nft's {@code enum datatypes}. */
public enum HeaderField {
    /** IPv4 source. */
    SADDR(7, 4),
    /** IPv4 destination. */
    DADDR(7, 4),
    L4PROTO(12, 1),
    /** Source port. */
    SPORT(13, 2),
    /** Destination port. */
    DPORT(13, 2),
    /** Name of the incoming interface. */
    IIFNAME(41, 16),
    /** Name of the outgoing interface. */
    OIFNAME(41, 16);

    private final int type;
    private final int length;

    HeaderField(int type, int length) {
        this.type = type;
        this.length = length;
    }

    int type() {
        return type;
    }

    /** Returns the field's length in bytes. */
    int length() {
        return length;
    }
}
