package dev.cnilab.tool;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Neigh;
import dev.cnilab.netlink.Neighs;
import java.io.IOException;
import java.util.List;

/** {@code ip neigh}: lists IPv4 neighbours; like iproute2 without NOARP ones. */
final class IpNeighs {

    private IpNeighs() {}

    static List<IpRecord> show(Connection connection, Ip.Query query) throws IOException {
        if (query.ipv6()) {
            throw new UsageException("only IPv4 neighbours are supported");
        }
        Interfaces interfaces = new Interfaces(query.links());
        return new Neighs(connection)
                .list().stream()
                        .filter(neigh -> neigh.state() != Neigh.State.NOARP)
                        .filter(neigh ->
                                query.device()
                                        .map(link -> link.index() == neigh.dev())
                                        .orElse(true))
                        .map(neigh -> show(neigh, query.device().isEmpty(), interfaces))
                        .toList();
    }

    private static IpRecord show(Neigh neigh, boolean withDevice, Interfaces interfaces) {
        IpRecord shown = new IpRecord();
        shown.field("dst", "", neigh.dst().toString(), " ");
        if (withDevice) {
            shown.field("dev", "dev ", interfaces.name(neigh.dev()), " ");
        }
        if (neigh.mac() != null) {
            shown.field("lladdr", "lladdr ", neigh.mac().toString(), " ");
        }
        shown.json().putArray("state").add(neigh.state().name());
        return shown.text(neigh.state().name() + " \n");
    }
}
