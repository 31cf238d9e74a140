package dev.cnilab.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Node;
import dev.cnilab.net.Ipv4Address;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import org.junit.jupiter.api.Test;

class ClusterObjectsTest {

    /** kubectl create -f of a Node, for which no kubelet runs. */
    @Test
    void aNodeWithoutStatusIsNotReady() {
        Node node =
                ClusterObjects.node(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName("ghost")
                                .endMetadata()
                                .withNewSpec()
                                .endSpec()
                                .build());

        assertThat(node.ready()).isFalse();
        assertThat(node.internalIp()).isEqualTo(Ipv4Address.ANY);
        assertThat(node.kubeletVersion()).isEmpty();
    }
}
