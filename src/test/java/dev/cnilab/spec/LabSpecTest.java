package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.NodeSpec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabSpecTest {

    private final LabSpec lab = LabText.bundled().load();

    LabSpecTest() throws SpecException {}

    @Test
    void nodeNamesFollowTheLabsName() {
        assertThat(lab.withName("other").nodeNames())
                .containsExactly("other-control-plane", "other-worker");
    }

    @Test
    void rejectsANameThatIsNotADnsLabel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.withName("Other_"))
                .withMessageStartingWith("'Other_' is not a valid lab name: at most 40 of");
        assertThatIllegalArgumentException().isThrownBy(() -> lab.withName("a".repeat(41)));
        assertThat(lab.withName("a".repeat(40)).name()).hasSize(40);
    }

    @Test
    void addsAndRemovesWorkers() {
        assertThat(lab.withNodes(4).nodeNames())
                .containsExactly(
                        "flannel-ipip-control-plane",
                        "flannel-ipip-worker",
                        "flannel-ipip-worker2",
                        "flannel-ipip-worker3");
        assertThat(lab.withNodes(1).nodeNames()).containsExactly("flannel-ipip-control-plane");
        assertThat(lab.withNodes(4).nodeNames(Role.WORKER))
                .hasSize(3)
                .allMatch(n -> n.contains("-worker"));
    }

    @ParameterizedTest
    @CsvSource({
        "kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5, v1.37.0",
        "kindest/node:v1.37.2, v1.37.2",
        "registry.example:5000/node:v1.31.0, v1.31.0",
        "registry.example:5000/node, v1.27.3",
        "kindest/node:latest, v1.27.3",
        "kindest/node:v1.37.0-alpha.1, v1.27.3",
        "kindest/node@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5, v1.27.3",
    })
    void theVersionFollowsTheNodeImageWhereItsTagNamesOne(String image, String version) {
        assertThat(lab.withNodeImage(image).kubernetes().version()).isEqualTo(version);
        assertThat(lab.withNodeImage(image).kubernetes().image()).isEqualTo(image);
    }

    @Test
    void versionDefaultsToTheImages() throws SpecException {
        LabText without = LabText.bundled().without("  version: v1.27.3\n");

        assertThat(without.load().kubernetes().version()).isEqualTo("v1.27.3");
        assertThat(without.with("node:v1.27.3@", "node:v1.37.0@").load().kubernetes().version())
                .isEqualTo("v1.37.0");
    }

    @Test
    void anExistingClustersNodesAreNotPartOfTheSpec() {
        assertThat(lab.withoutNodes().nodeNames()).isEmpty();
    }

    @Test
    void nodeCountsHaveLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.withNodes(0))
                .withMessageContaining("1 control-plane nodes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.withNodes(257))
                .withMessage("podSubnet 10.244.0.0/16 has room for 256 nodes, not for 257");
    }

    @Test
    void detectsOverlapsWithTheMachinesRoutes() {
        List<Ipv4Prefix> routes =
                List.of(
                        Ipv4Prefix.parse("0.0.0.0/0"),
                        Ipv4Prefix.parse("10.244.7.0/24"),
                        Ipv4Prefix.parse("192.168.0.0/16"));
        assertThat(Subnets.clashes(lab, routes))
                .containsExactly(
                        new Subnets.Clash(
                                "kubernetes.podSubnet",
                                Ipv4Prefix.parse("10.244.0.0/16"),
                                Ipv4Prefix.parse("10.244.7.0/24")));
    }
}
