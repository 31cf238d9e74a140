package dev.cnilab.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Node.Role;
import dev.cnilab.net.Ipv4Address;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeOrderTest {

    @Test
    void nodesAreInTheOrderOfTheFile() {
        NodeOrder order = new NodeOrder(List.of("lab-zebra", "lab-a-long-name", "lab-control"));

        assertThat(
                        Stream.of(
                                        node("lab-control", Role.CONTROL_PLANE),
                                        node("lab-a-long-name", Role.WORKER),
                                        node("lab-zebra", Role.WORKER))
                                .sorted(order.byNode())
                                .map(Node::name))
                .containsExactly("lab-zebra", "lab-a-long-name", "lab-control");
    }

    @Test
    void othersAreInTheOrderOfTheirRolesAndNumbers() {
        NodeOrder order = new NodeOrder(List.of());

        assertThat(
                        Stream.of(
                                        node("b", Role.WORKER),
                                        node("along10", Role.WORKER),
                                        node("along", Role.WORKER),
                                        node("along2", Role.WORKER),
                                        node("z", Role.CONTROL_PLANE))
                                .sorted(order.byNode())
                                .map(Node::name))
                .containsExactly("z", "along", "along2", "along10", "b");
    }

    @Test
    void podsOfOneOwnerAreInTheOrderOfTheirNodes() {
        NodeOrder order = new NodeOrder(List.of("second", "first"));

        assertThat(
                        Stream.of(
                                        pod("kube-system", "agent-", "agent-a", "second"),
                                        pod("default", "demo-", "demo-a", "first"),
                                        pod("default", "demo-", "demo-b", null),
                                        pod("default", "demo-", "demo-c", "second"),
                                        pod("default", null, "alone", "first"))
                                .sorted(order.byPod())
                                .map(pod -> pod.getMetadata().getName()))
                .containsExactly("alone", "demo-c", "demo-a", "demo-b", "agent-a");
    }

    private static Node node(String name, Role role) {
        return new Node(name, role, Ipv4Address.ANY, Optional.empty(), true, "", List.of());
    }

    private static Pod pod(
            String namespace, @Nullable String prefix, String name, @Nullable String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName(prefix)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }
}
