package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import org.junit.jupiter.api.Test;

class NodeIpamTest {

    @Test
    void assignsSubnetsInOrderOfCreation() {
        try (ControlledCluster cluster = new ControlledCluster()) {
            assertThat(podCidr(cluster.node("lab-worker"))).isEqualTo("10.244.0.0/24");
            KubeObject second = cluster.node("lab-control-plane");
            assertThat(podCidr(second)).isEqualTo("10.244.1.0/24");
            assertThat(second.spec().at("/podCIDRs/0").asText()).isEqualTo("10.244.1.0/24");
        }
    }

    @Test
    void keepsARequestedSubnet() {
        try (ControlledCluster cluster = new ControlledCluster()) {
            cluster.create(
                    ResourceType.NODE,
                    "{'metadata': {'name': 'a'}, 'spec': {'podCIDR': '10.244.0.0/24'}}");
            assertThat(podCidr(cluster.node("b"))).isEqualTo("10.244.1.0/24");
        }
    }

    @Test
    void reportsANodeWithoutSubnetAndAssignsTheNextFreeOne() {
        try (ControlledCluster cluster = new ControlledCluster("10.244.0.0/23")) {
            cluster.node("a");
            cluster.node("b");
            assertThat(podCidr(cluster.node("c"))).isEmpty();
            cluster.eventually(
                    () -> cluster.list(ResourceType.EVENT),
                    events ->
                            events.stream()
                                    .anyMatch(e ->
                                            e.json()
                                                    .path("reason")
                                                    .asText()
                                                    .equals("CIDRNotAvailable")));
            cluster.store.delete(ResourceType.NODE, "", "a");
            cluster.eventually(
                    () -> podCidr(cluster.get(ResourceType.NODE, "", "c")),
                    "10.244.0.0/24"::equals);
        }
    }

    private static String podCidr(KubeObject node) {
        return node.spec().path("podCIDR").asText();
    }
}
