package dev.cnilab.netlink;

/** The netlink protocols in use (include/uapi/linux/netlink.h). */
public enum Protocol {
    /** Links, addresses, routes, neighbours. */
    ROUTE(0),
    /** nf_tables and connection tracking. */
    NETFILTER(12);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
