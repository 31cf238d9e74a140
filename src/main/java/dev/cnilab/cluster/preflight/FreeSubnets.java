package dev.cnilab.cluster.preflight;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Routes;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Subnets;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether this machine has routes where the lab's subnets are. Docker's networks are links of the
 * machine; the nodes of the embedded cluster are not, so a clash only puzzles who reads addresses.
 */
record FreeSubnets(LabSpec spec, DockerEngine docker) implements Look {

    @Override
    public Finding look() throws IOException {
        List<Subnets.Clash> clashes = Subnets.clashes(spec, routes());
        if (clashes.isEmpty()) {
            return new Finding.Ok("no route of this machine is in the lab's subnets");
        }
        return new Finding.Missing(
                clashes.stream()
                        .map(c -> c.path() + " " + c.subnet() + " overlaps route " + c.other())
                        .collect(Collectors.joining("; ")),
                "with kind, this machine's own packets go astray; embedded nodes don't mind",
                "choose other subnets in a copy of the lab's file");
    }

    /** Of every table: VPNs have tables of their own. */
    private List<Ipv4Prefix> routes() throws IOException {
        List<Ipv4Prefix> own = ownNetwork();
        try (Connection connection = Connection.open()) {
            return new Routes(connection)
                    .list().stream()
                            .filter(route -> route.type() == RouteType.UNICAST)
                            .map(Route::dst)
                            .filter(prefix -> !own.contains(prefix))
                            .distinct()
                            .toList();
        }
    }

    /** The Docker network that the lab would use is no stranger; the engine may be absent. */
    private List<Ipv4Prefix> ownNetwork() {
        try {
            return docker.local() ? docker.subnets(spec.network().name()) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
