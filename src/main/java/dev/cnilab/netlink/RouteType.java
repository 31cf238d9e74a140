package dev.cnilab.netlink;

import java.util.Locale;

/** What a route does (include/uapi/linux/rtnetlink.h, RTN_*), in the kernel's numbering. */
public enum RouteType {
    UNSPEC,
    UNICAST,
    LOCAL,
    BROADCAST,
    ANYCAST,
    MULTICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    THROW,
    NAT,
    XRESOLVE;

    static RouteType of(int number) {
        return number < values().length ? values()[number] : UNSPEC;
    }

    /** As iproute2 prints it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
