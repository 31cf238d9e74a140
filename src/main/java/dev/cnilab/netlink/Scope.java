package dev.cnilab.netlink;

import java.util.Locale;

/** The scope of an address or route (include/uapi/linux/rtnetlink.h, rtm_scope_t). */
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

    /**
     * Returns the scope with that number; user-defined ones, between the named ones, count as
     * global.
     */
    static Scope of(int number) {
        for (Scope scope : values()) {
            if (scope.number == number) {
                return scope;
            }
        }
        return GLOBAL;
    }

    /** Returns iproute2's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
