package dev.cnilab.kind.docker;

import com.github.dockerjava.api.model.Network;
import dev.cnilab.spec.NetworkSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The networks of a Docker engine. */
public final class Networks {

    /** Driver option that enables masquerading, as on kind's own network. */
    static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";

    static final String MTU = "com.docker.network.driver.mtu";

    private final DockerEngine engine;

    Networks(DockerEngine engine) {
        this.engine = engine;
    }

    public List<DockerNetwork> list() throws IOException {
        return engine.ask(docker -> docker.listNetworksCmd().exec()).stream()
                .map(Networks::network)
                .toList();
    }

    public Optional<DockerNetwork> find(String name) throws IOException {
        // Listed first: inspect also matches ids and their prefixes.
        Optional<DockerNetwork> listed =
                list().stream().filter(network -> network.name().equals(name)).findFirst();
        return listed.isEmpty()
                ? listed
                : engine.find(docker ->
                                docker.inspectNetworkCmd().withNetworkId(listed.get().id()).exec())
                        .map(Networks::network);
    }

    /** Creates a bridge network with the spec's subnets. */
    public void create(NetworkSpec spec, Map<String, String> labels) throws IOException {
        Network.Ipam ipam =
                new Network.Ipam()
                        .withConfig(
                                config(
                                        spec.ipv4().subnet().toString(),
                                        spec.ipv4().gateway().toString()),
                                config(
                                        spec.ipv6().subnet().toString(),
                                        spec.ipv6().gateway().toString().replaceFirst("/.*", "")));
        engine.ask(docker ->
                docker.createNetworkCmd()
                        .withName(spec.name())
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withEnableIpv6(true)
                        .withIpam(ipam)
                        .withOptions(Map.of(MASQUERADE, "true"))
                        .withLabels(labels)
                        .exec());
    }

    /** Deletes a network; an absent one is no error. */
    public void delete(DockerNetwork network) throws IOException {
        engine.find(docker -> {
            docker.removeNetworkCmd(network.id()).exec();
            return network;
        });
    }

    private static Network.Ipam.Config config(String subnet, String gateway) {
        return new Network.Ipam.Config().withSubnet(subnet).withGateway(gateway);
    }

    private static DockerNetwork network(Network network) {
        @Nullable List<Network.Ipam.Config> configs = network.getIpam().getConfig();
        return new DockerNetwork(
                network.getId(),
                network.getName(),
                network.getDriver(),
                Boolean.TRUE.equals(network.getEnableIPv6()),
                Boolean.TRUE.equals(network.getInternal()),
                Stream.ofNullable(configs)
                        .flatMap(List::stream)
                        .flatMap(config -> Stream.ofNullable(config.getSubnet()))
                        .toList(),
                Objects.requireNonNullElse(network.getOptions(), Map.of()),
                Objects.requireNonNullElse(network.getLabels(), Map.of()),
                Stream.ofNullable(network.getContainers())
                        .flatMap(containers -> containers.values().stream())
                        .map(Network.ContainerNetworkConfig::getName)
                        .sorted()
                        .toList());
    }
}
