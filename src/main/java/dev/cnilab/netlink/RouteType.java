package dev.cnilab.netlink;

import java.util.Locale;

/** The type of a route (include/uapi/linux/rtnetlink.h, RTN_*). */
public enum RouteType {
    UNSPEC(0),
    UNICAST(1),
    LOCAL(2),
    BROADCAST(3),
    ANYCAST(4),
    MULTICAST(5),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8),
    THROW(9),
    NAT(10),
    XRESOLVE(11);

    private final int number;

    RouteType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static RouteType of(int number) {
        for (RouteType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return UNSPEC;
    }

    /** Returns iproute2's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
