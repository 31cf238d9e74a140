package dev.cnilab.netlink.nft;

import java.util.Locale;

/** Which packets a table sees (include/uapi/linux/netfilter.h, NFPROTO_*). */
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

    /** As nft prints it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
