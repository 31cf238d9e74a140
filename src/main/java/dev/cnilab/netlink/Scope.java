package dev.cnilab.netlink;

import java.util.Locale;

/** How far an address or route is valid (include/uapi/linux/rtnetlink.h, rtm_scope_t). */
public enum Scope {
    GLOBAL(0),
    SITE(200),
    LINK(253),
    HOST(254),
    NOWHERE(255);

    private final int number;

    Scope(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Numbers between the named ones are an administrator's own; they count as global. */
    static Scope of(int number) {
        for (Scope scope : values()) {
            if (scope.number == number) {
                return scope;
            }
        }
        return GLOBAL;
    }

    /** As iproute2 prints it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
