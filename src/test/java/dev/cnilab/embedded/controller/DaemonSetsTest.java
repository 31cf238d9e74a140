package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DaemonSetsTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @BeforeEach
    void nodes() {
        cluster.node("a");
        cluster.node("b");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void runsOnePodPerNode() {
        KubeObject set = daemonSet("{'containers': [{'name': 'demo', 'image': 'one'}]}");
        List<KubeObject> pods = settled(2);
        assertThat(nodesOf(pods)).containsExactlyInAnyOrder("a", "b");
        KubeObject pod = pods.getFirst();
        assertThat(pod.name()).matches("demo-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(pod.controlledBy(set)).isTrue();
        assertThat(pod.labels())
                .containsEntry("app", "demo")
                .containsEntry("pod-template-generation", "1")
                .containsKey("controller-revision-hash");
        assertThat(pod.spec().path("tolerations").findValuesAsText("key"))
                .contains("node.kubernetes.io/not-ready", "node.kubernetes.io/unschedulable")
                .doesNotContain("node.kubernetes.io/network-unavailable");
        cluster.eventually(
                this::status,
                s ->
                        s.path("desiredNumberScheduled").asInt() == 2
                                && s.path("currentNumberScheduled").asInt() == 2
                                && s.path("updatedNumberScheduled").asInt() == 2
                                && s.path("numberReady").asInt() == 2
                                && s.path("numberUnavailable").asInt() == 0);
    }

    @Test
    void aHostNetworkPodToleratesAnUnavailableNetwork() {
        daemonSet("{'hostNetwork': true, 'containers': []}");
        assertThat(settled(2).getFirst().spec().path("tolerations").findValuesAsText("key"))
                .contains("node.kubernetes.io/network-unavailable");
    }

    @Test
    void skipsTaintedAndNotSelectedNodes() {
        cluster.create(
                ResourceType.NODE,
                """
                {'metadata': {'name': 'tainted', 'labels': {'zone': 'x'}},
                 'spec': {'taints': [{'key': 'k', 'effect': 'NoSchedule'}]},
                 'status': {'conditions': [{'type': 'Ready', 'status': 'True'}]}}
                """);
        label("a");
        daemonSet("{'nodeSelector': {'zone': 'x'}, 'containers': []}");
        assertThat(nodesOf(settled(1))).containsExactly("a");
        label("b");
        assertThat(nodesOf(settled(2))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void followsAddedAndDeletedNodes() {
        daemonSet("{'containers': []}");
        settled(2);
        cluster.node("c");
        assertThat(nodesOf(settled(3))).contains("c");
        cluster.store.delete(ResourceType.NODE, "", "a");
        assertThat(nodesOf(settled(2))).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void recreatesADeletedPodOnItsNode() {
        daemonSet("{'containers': []}");
        KubeObject pod = settled(2).getFirst();
        cluster.store.delete(ResourceType.POD, "default", pod.name());
        cluster.eventually(
                cluster::pods,
                pods ->
                        nodesOf(pods).equals(Set.of("a", "b"))
                                && pods.stream().noneMatch(p -> p.uid().equals(pod.uid())),
                cluster::kubelets);
    }

    @Test
    void replacesPodsOneAtATime() {
        daemonSet("{'containers': [{'name': 'demo', 'image': 'one'}]}");
        settled(2);
        cluster.store.update(
                ResourceType.DAEMON_SET,
                "default",
                "demo",
                json -> {
                    json.set(
                            "spec",
                            ControlledCluster.json(
                                    spec("{'containers': [{'name': 'demo', 'image': 'two'}]}")));
                    return json;
                });
        cluster.eventually(
                cluster::pods,
                pods -> {
                    assertThat(pods.stream().filter(Pods::ready).count()).isGreaterThan(0);
                    return pods.size() == 2
                            && pods.stream()
                                    .allMatch(p ->
                                            p.spec()
                                                    .at("/containers/0/image")
                                                    .asText()
                                                    .equals("two"));
                },
                cluster::kubelets);
        assertThat(cluster.pods())
                .allMatch(p -> "2".equals(p.labels().get("pod-template-generation")));
    }

    @Test
    void deletesPodsWithTheirDaemonSet() {
        daemonSet("{'containers': []}");
        settled(2);
        cluster.store.delete(ResourceType.DAEMON_SET, "default", "demo");
        cluster.eventually(cluster::pods, List::isEmpty, cluster::kubelets);
    }

    private KubeObject daemonSet(String podSpec) {
        return cluster.create(
                ResourceType.DAEMON_SET,
                "{'metadata': {'namespace': 'default', 'name': 'demo'}, 'spec': %s}"
                        .formatted(spec(podSpec)));
    }

    private static String spec(String podSpec) {
        return """
        {'selector': {'matchLabels': {'app': 'demo'}},
         'template': {'metadata': {'labels': {'app': 'demo'}}, 'spec': %s}}
        """
                .formatted(podSpec);
    }

    private List<KubeObject> settled(int count) {
        return cluster.eventually(
                cluster::pods,
                pods -> pods.size() == count && pods.stream().allMatch(Pods::ready),
                cluster::kubelets);
    }

    private JsonNode status() {
        return cluster.get(ResourceType.DAEMON_SET, "default", "demo").status();
    }

    private void label(String node) {
        cluster.store.update(
                ResourceType.NODE,
                "",
                node,
                json -> {
                    json.withObject("/metadata/labels").put("zone", "x");
                    return json;
                });
    }

    private static Set<String> nodesOf(List<KubeObject> pods) {
        return pods.stream()
                .map(pod -> pod.spec().path("nodeName").asText())
                .collect(Collectors.toSet());
    }
}
