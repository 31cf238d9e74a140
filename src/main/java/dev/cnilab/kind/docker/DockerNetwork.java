package dev.cnilab.kind.docker;

import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import java.util.Map;

/**
 * A network of a Docker engine.
 *
 * @param subnets IPv4 and IPv6, in the engine's notation
 * @param options of its driver
 * @param containers names of attached containers, sorted
 */
public record DockerNetwork(
        String id,
        String name,
        String driver,
        boolean ipv6,
        boolean internal,
        List<String> subnets,
        Map<String, String> options,
        Map<String, String> labels,
        List<String> containers) {

    public DockerNetwork {
        subnets = List.copyOf(subnets);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
        containers = List.copyOf(containers);
    }

    public List<Ipv4Prefix> ipv4Subnets() {
        return subnets.stream()
                .filter(subnet -> !subnet.contains(":"))
                .map(Ipv4Prefix::parse)
                .toList();
    }
}
