package dev.cnilab.netlink.nft;

/** What of a packet a set's key is made of; type numbers as nft's {@code enum datatypes}. */
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
    /** Name of the interface that it came in by. */
    IIFNAME(41, 16),
    /** Name of the interface that it goes out by. */
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

    /** Bytes. */
    int length() {
        return length;
    }
}
