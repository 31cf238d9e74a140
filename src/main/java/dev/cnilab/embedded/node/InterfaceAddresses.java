package dev.cnilab.embedded.node;

import dev.cnilab.host.Errno;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.Scope;
import java.io.IOException;
import java.util.List;

/** The addresses that an interface is to have, and no other global ones of their family. */
final class InterfaceAddresses {

    private final Addrs addrs;
    private final int index;

    InterfaceAddresses(Connection connection, int index) {
        this.addrs = new Addrs(connection);
        this.index = index;
    }

    void ensure(Addr wanted) throws IOException {
        for (Addr other : others(wanted)) {
            addrs.delete(other);
        }
        try {
            addrs.add(wanted);
        } catch (NetlinkException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private List<Addr> others(Addr wanted) throws IOException {
        return addrs.list().stream()
                .filter(addr -> addr.index() == index && addr.scope() == Scope.GLOBAL)
                .filter(addr -> addr.getClass() == wanted.getClass())
                .filter(addr -> !local(addr).equals(local(wanted)))
                .toList();
    }

    private static String local(Addr addr) {
        return switch (addr) {
            case Addr.V4 v4 -> v4.local().toString();
            case Addr.V6 v6 -> v6.local().toString();
        };
    }
}
