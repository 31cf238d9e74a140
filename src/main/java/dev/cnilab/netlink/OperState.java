package dev.cnilab.netlink;

/** RFC 2863 operational state, in the kernel's numbering (include/uapi/linux/if.h). */
public enum OperState {
    UNKNOWN,
    NOTPRESENT,
    DOWN,
    LOWERLAYERDOWN,
    TESTING,
    DORMANT,
    UP;

    static OperState of(int number) {
        return number < values().length ? values()[number] : UNKNOWN;
    }
}
