package dev.cnilab.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final Node READY = node("");
    private static final Node NOT_READY =
            node("[{key: node.kubernetes.io/not-ready, effect: NoSchedule}]");
    private static final Node CONTROL_PLANE =
            node("[{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]");

    private static final String NOBODY = "observedGeneration: 1, desiredNumberScheduled: 0";

    @Test
    void controllerThatHasNotLooked() {
        assertThat(lack("", "", READY)).containsExactly(unknown());
        assertThat(lack("", "desiredNumberScheduled: 0", READY)).containsExactly(unknown());
        assertThat(lack("", "observedGeneration: 0, desiredNumberScheduled: 0", READY))
                .containsExactly(unknown());
    }

    /** The controller saw the node while it was not ready, and has not seen it since. */
    @Test
    void controllerThatDesiresNoPodYet() {
        assertThat(lack("", NOBODY, READY)).containsExactly(pods("0 of 1 pods, 0 available"));
        assertThat(lack("", NOBODY, READY, NOT_READY))
                .containsExactly(pods("0 of 2 pods, 0 available"));
    }

    @Test
    void podOnEachNode() {
        assertThat(lack("", running(2), READY, READY)).isEmpty();
        assertThat(lack("", running(1), READY, READY))
                .containsExactly(pods("1 of 2 pods, 1 available"));
    }

    @Test
    void nodesThatItIsNotMeantForHaveNone() {
        assertThat(lack("", running(1), READY, CONTROL_PLANE)).isEmpty();
        assertThat(lack("nodeSelector: {disk: ssd}", NOBODY, READY)).isEmpty();
        assertThat(lack("nodeSelector: {os: linux}", NOBODY, READY)).isNotEmpty();
    }

    @Test
    void toleratedTaints() {
        for (String toleration :
                List.of(
                        "{operator: Exists}",
                        "{key: node-role.kubernetes.io/control-plane, operator: Exists}",
                        "{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}")) {
            assertThat(lack("tolerations: [" + toleration + "]", NOBODY, CONTROL_PLANE))
                    .as(toleration)
                    .isNotEmpty();
        }
        for (String toleration :
                List.of(
                        "{key: other, operator: Exists}",
                        "{effect: NoExecute, operator: Exists}")) {
            assertThat(lack("tolerations: [" + toleration + "]", NOBODY, CONTROL_PLANE))
                    .as(toleration)
                    .isEmpty();
        }
    }

    /** Node affinity is its controller's to read. */
    @Test
    void nodeAffinityIsLeftToTheController() {
        assertThat(lack("affinity: {nodeAffinity: {}}", NOBODY, READY)).isEmpty();
    }

    @Test
    void deploymentWithReplacedPods() {
        assertThat(Workloads.lack(deployment("replicas: 2, updatedReplicas: 1")))
                .hasValue("Deployment default/demo still has replaced pods");
        assertThat(Workloads.lack(deployment("replicas: 1, updatedReplicas: 1")))
                .hasValue("Deployment default/demo has 1 of 1 pods, 0 available");
        assertThat(
                        Workloads.lack(
                                deployment(
                                        "replicas: 1, updatedReplicas: 1, availableReplicas: 1")))
                .isEmpty();
    }

    private static String unknown() {
        return "DaemonSet default/demo is not yet known to its controller";
    }

    private static String pods(String count) {
        return "DaemonSet default/demo has " + count;
    }

    private static String running(int pods) {
        return "observedGeneration: 1, desiredNumberScheduled: %1$d, updatedNumberScheduled: %1$d, numberAvailable: %1$d"
                .formatted(pods);
    }

    private static List<String> lack(String podSpec, String status, Node... nodes) {
        DaemonSet set =
                Serialization.unmarshal(
                        """
                        apiVersion: apps/v1
                        kind: DaemonSet
                        metadata: {name: demo, namespace: default, generation: 1}
                        spec: {template: {spec: {%s}}}
                        status: {%s}
                        """
                                .formatted(podSpec, status),
                        DaemonSet.class);
        return Workloads.lack(set, List.of(nodes)).stream().toList();
    }

    private static Deployment deployment(String status) {
        return Serialization.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: demo, namespace: default, generation: 1}
                spec: {replicas: 1}
                status: {observedGeneration: 1, %s}
                """
                        .formatted(status),
                Deployment.class);
    }

    private static Node node(String taints) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: a, labels: {os: linux}}
                spec: {taints: %s}
                """
                        .formatted(taints.isEmpty() ? "[]" : taints),
                Node.class);
    }
}
