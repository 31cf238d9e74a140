package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;

/** An IP address of a link. */
public sealed interface Addr {

    /** Returns the link's index. */
    int index();

    Scope scope();

    /**
     * An IPv4 address.
     *
     * @param local the address, with its network's prefix length
     */
    record V4(int index, Ipv4Prefix local, Scope scope) implements Addr {}

    /**
     * An IPv6 address.
     *
     * @param local the address, with its network's prefix length
     * @param tentative whether duplicate address detection is still running
     */
    record V6(int index, Ipv6Prefix local, Scope scope, boolean tentative) implements Addr {}

    static V4 of(int index, Ipv4Prefix local) {
        return new V4(index, local, Scope.GLOBAL);
    }

    static V6 of(int index, Ipv6Prefix local) {
        return new V6(index, local, Scope.GLOBAL, false);
    }
}
