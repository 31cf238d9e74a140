package dev.cnilab.kind.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.spec.NetworkSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkDifferencesTest {

    private static final DockerNetwork ENGINES_OWN =
            network("bridge", true, false, List.of("172.17.0.0/16"), Map.of());

    @Test
    void networkCreatedByLabHasNoDifferences() throws SpecException {
        assertThat(
                        differences(
                                network(
                                        "bridge",
                                        true,
                                        false,
                                        List.of("172.18.0.0/16", "fd00:172:18:1::/64"),
                                        Map.of(Networks.MASQUERADE, "true"))))
                .isEmpty();
    }

    /** kind derives the IPv6 subnet of its network from the network's name. */
    @Test
    void networkOfKindWithAnotherIpv6SubnetHasNoDifferences() throws SpecException {
        assertThat(
                        differences(
                                network(
                                        "bridge",
                                        true,
                                        false,
                                        List.of("fc00:f853:ccd:e793::/64", "172.18.0.0/16"),
                                        Map.of(Networks.MTU, "1500"))))
                .isEmpty();
    }

    @Test
    void everyDifferenceIsReported() throws SpecException {
        assertThat(
                        differences(
                                network(
                                        "macvlan",
                                        false,
                                        true,
                                        List.of("172.19.0.0/16"),
                                        Map.of(
                                                Networks.MASQUERADE,
                                                "false",
                                                Networks.MTU,
                                                "9000"))))
                .containsExactly(
                        "driver macvlan, expected bridge",
                        "IPv4 subnets [172.19.0.0/16], expected 172.18.0.0/16",
                        "IPv6 is off, expected on",
                        "internal, expected external access",
                        "masquerading is off, expected on",
                        "MTU 9000, more than the engine's 1500");
    }

    private static List<String> differences(DockerNetwork network) throws SpecException {
        NetworkSpec spec = SpecLoader.load("flannel-ipip").network();
        return NetworkDifferences.between(network, spec, ENGINES_OWN);
    }

    private static DockerNetwork network(
            String driver,
            boolean ipv6,
            boolean internal,
            List<String> subnets,
            Map<String, String> options) {
        return new DockerNetwork(
                "1", "kind", driver, ipv6, internal, subnets, options, Map.of(), List.of());
    }
}
