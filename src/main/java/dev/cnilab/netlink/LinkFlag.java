package dev.cnilab.netlink;

import java.util.EnumSet;
import java.util.Set;

/**
 * Flags of a link (include/uapi/linux/if.h), in the order and with the names that iproute2 prints.
 */
public enum LinkFlag {
    LOOPBACK(3),
    BROADCAST(1),
    POINTOPOINT(4),
    MULTICAST(12),
    NOARP(7),
    ALLMULTI(9),
    PROMISC(8),
    MASTER(10),
    SLAVE(11),
    DEBUG(2),
    DYNAMIC(15),
    AUTOMEDIA(14),
    PORTSEL(13),
    NOTRAILERS(5),
    UP(0),
    LOWER_UP(16),
    DORMANT(17),
    ECHO(18),
    RUNNING(6);

    private final int bit;

    LinkFlag(int bit) {
        this.bit = bit;
    }

    int mask() {
        return 1 << bit;
    }

    static Set<LinkFlag> of(int bits) {
        Set<LinkFlag> flags = EnumSet.noneOf(LinkFlag.class);
        for (LinkFlag flag : values()) {
            if ((bits & flag.mask()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
