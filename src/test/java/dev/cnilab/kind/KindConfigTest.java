package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KindConfigTest {

    @Test
    void configOfTheTutorialDisablesTheDefaultCni() throws SpecException, Failure {
        LabSpec spec = SpecLoader.load("flannel-ipip").withNodeImage("kindest/node:v1.20.2");

        assertThat(KindConfig.of(spec))
                .isEqualTo(
                        """
                        kind: Cluster
                        apiVersion: kind.x-k8s.io/v1alpha4
                        name: flannel-ipip
                        networking:
                          # The lab installs its own CNI.
                          disableDefaultCNI: true
                          podSubnet: 10.244.0.0/16
                          serviceSubnet: 10.96.0.0/16
                        nodes:
                          - role: control-plane
                            image: kindest/node:v1.20.2
                          - role: worker
                            image: kindest/node:v1.20.2
                        """);
    }

    @Test
    void namedNodesAreRejected() throws SpecException {
        String text =
                SpecLoader.find("flannel-ipip")
                        .text()
                        .replace("  - role: worker", "  - {role: worker, name: east}");
        LabSpec spec = SpecLoader.load(new LabSource("named", text, Optional.empty()));

        Failure failure = catchThrowableOfType(Failure.class, () -> KindConfig.of(spec));
        assertThat(failure.id()).isEqualTo("kind-names-nodes");
        assertThat(failure.evidence()).isEqualTo("the spec has a node named east");
    }
}
