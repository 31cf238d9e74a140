package dev.cnilab.netlink.nft;

import java.util.Locale;

/** The address family of a table (include/uapi/linux/netfilter.h, NFPROTO_*). */
public enum Family {
    /** IPv4 and IPv6. */
    INET(1),
    /** IPv4. */
    IP(2);

    private final int number;

    Family(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns nft's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
