package dev.cnilab.kind.preflight;

import dev.cnilab.kind.docker.DockerEngine;
import dev.cnilab.kind.docker.DockerNetwork;
import dev.cnilab.kind.docker.EngineAddress;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Routes;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Subnets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks that no route of this machine overlaps the lab's subnets. Docker networks are links of
 * this machine, so an overlap breaks its own traffic; nodes of the embedded cluster are isolated
 * from it.
 */
record FreeSubnets(LabSpec spec, Map<String, String> environment) implements Inspection {

    @Override
    public Finding inspect() throws IOException {
        List<DockerNetwork> networks = networks();
        List<Subnets.Clash> clashes = Subnets.clashes(spec, routes(networks));
        if (clashes.isEmpty()) {
            return new Finding.Ok("no route of this machine overlaps the lab's subnets");
        }
        return new Finding.Missing(
                clashes.stream()
                        .map(c ->
                                c.path()
                                        + " "
                                        + c.subnet()
                                        + " overlaps "
                                        + holder(c.other(), networks))
                        .collect(Collectors.joining("; ")),
                "with kind, this machine's own packets are misrouted; embedded is not affected",
                "set other subnets in a copy of the lab's file");
    }

    private static String holder(Ipv4Prefix subnet, List<DockerNetwork> networks) {
        return networks.stream()
                .filter(network -> network.ipv4Subnets().contains(subnet))
                .findFirst()
                .map(network -> "the Docker network " + network.name() + ", " + subnet)
                .orElse("route " + subnet);
    }

    /** The routes of all tables, since VPNs use their own. */
    private List<Ipv4Prefix> routes(List<DockerNetwork> networks) throws IOException {
        List<Ipv4Prefix> own =
                networks.stream()
                        .filter(network -> network.name().equals(spec.network().name()))
                        .flatMap(network -> network.ipv4Subnets().stream())
                        .toList();
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

    /** The Docker networks; empty without an engine. */
    private List<DockerNetwork> networks() {
        try (DockerEngine engine = DockerEngine.open(EngineAddress.find(environment))) {
            return engine.networks().list();
        } catch (IOException e) {
            return List.of();
        }
    }
}
