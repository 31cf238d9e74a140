package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTaintsTest {

    private static final Taint OWN = new Taint("own", "", "NoSchedule");

    @Test
    void aNodeIsTaintedUntilItIsReady() {
        try (ControlledCluster cluster = new ControlledCluster()) {
            KubeObject node =
                    cluster.create(
                            ResourceType.NODE,
                            """
                            {'metadata': {'name': 'a'},
                             'spec': {'taints': [{'key': 'own', 'effect': 'NoSchedule'}]}}
                            """);
            Taint notReady = new Taint("node.kubernetes.io/not-ready", "", "NoSchedule");
            assertThat(Taint.ofNode(node)).containsExactly(OWN, notReady);

            cluster.ready(ResourceType.NODE, node, true);
            assertThat(taints(cluster)).containsExactly(OWN);

            cluster.ready(ResourceType.NODE, node, false);
            assertThat(taints(cluster)).containsExactly(OWN, notReady);
        }
    }

    @Test
    void addsTaintsForCordonAndPressure() {
        try (ControlledCluster cluster = new ControlledCluster()) {
            cluster.node("a");
            cluster.store.update(
                    ResourceType.NODE,
                    "",
                    "a",
                    json -> {
                        json.withObject("/spec").put("unschedulable", true);
                        return json;
                    });
            cluster.store.updateStatus(
                    ResourceType.NODE,
                    "",
                    "a",
                    json -> {
                        Conditions.set(json, "NetworkUnavailable", "True", "NoRouteCreated", "");
                        return json;
                    });
            assertThat(taints(cluster))
                    .containsExactlyInAnyOrder(
                            new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"),
                            new Taint("node.kubernetes.io/network-unavailable", "", "NoSchedule"));
        }
    }

    private static List<Taint> taints(ControlledCluster cluster) {
        return Taint.ofNode(cluster.get(ResourceType.NODE, "", "a"));
    }
}
