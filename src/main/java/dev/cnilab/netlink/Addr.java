package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;

/** An address of a link. */
public sealed interface Addr {

    /** Index of the link. */
    int index();

    Scope scope();

    /**
     * @param local the address with the length of the network it is in
     */
    record V4(int index, Ipv4Prefix local, Scope scope) implements Addr {}

    /**
     * @param local the address with the length of the network it is in
     * @param tentative while the kernel still looks for duplicates
     */
    record V6(int index, Ipv6Prefix local, Scope scope, boolean tentative) implements Addr {}

    static V4 of(int index, Ipv4Prefix local) {
        return new V4(index, local, Scope.GLOBAL);
    }

    static V6 of(int index, Ipv6Prefix local) {
        return new V6(index, local, Scope.GLOBAL, false);
    }
}
