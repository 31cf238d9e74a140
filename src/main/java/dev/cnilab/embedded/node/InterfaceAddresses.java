package dev.cnilab.embedded.node;

import dev.cnilab.host.Errno;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.Scope;
import java.io.IOException;
import java.util.List;

/** Sets an interface's addresses, and removes its other global ones of the same family. */
final class InterfaceAddresses {

    private final Addrs addrs;
    private final int index;

    InterfaceAddresses(Connection connection, int index) {
        this.addrs = new Addrs(connection);
        this.index = index;
    }

    void ensure(Addr desired) throws IOException {
        for (Addr other : others(desired)) {
            addrs.delete(other);
        }
        try {
            addrs.add(desired);
        } catch (NetlinkException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private List<Addr> others(Addr desired) throws IOException {
        return addrs.list().stream()
                .filter(addr -> addr.index() == index && addr.scope() == Scope.GLOBAL)
                .filter(addr -> addr.getClass() == desired.getClass())
                .filter(addr -> !local(addr).equals(local(desired)))
                .toList();
    }

    private static String local(Addr addr) {
        return switch (addr) {
            case Addr.V4 v4 -> v4.local().toString();
            case Addr.V6 v6 -> v6.local().toString();
        };
    }
}
