package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentsTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @BeforeEach
    void node() {
        cluster.node("a");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void runsAndCountsReplicas() {
        create(3, "one");
        List<KubeObject> pods = settled(3, "one");
        KubeObject set = cluster.list(ResourceType.REPLICA_SET).getFirst();
        String hash = set.labels().getOrDefault("pod-template-hash", "");
        assertThat(set.name()).isEqualTo("web-" + hash);
        assertThat(pods).allMatch(p -> p.controlledBy(set));
        assertThat(pods).allMatch(p -> hash.equals(p.labels().get("pod-template-hash")));
        assertThat(pods).allMatch(p -> p.name().startsWith("web-" + hash + "-"));
        cluster.eventually(
                () -> cluster.get(ResourceType.DEPLOYMENT, "default", "web"),
                d ->
                        d.has("Available")
                                && d.status().path("replicas").asInt() == 3
                                && d.status().path("readyReplicas").asInt() == 3
                                && d.status().path("unavailableReplicas").asInt(-1) == 0);
    }

    @Test
    void scales() {
        create(1, "one");
        settled(1, "one");
        change(4, "one");
        settled(4, "one");
        change(0, "one");
        settled(0, "one");
        assertThat(cluster.list(ResourceType.REPLICA_SET)).hasSize(1);
    }

    @Test
    void aRollingUpdateKeepsPodsAvailable() {
        create(4, "one");
        settled(4, "one");
        change(4, "two");
        cluster.eventually(
                cluster::pods,
                pods -> {
                    assertThat(pods.stream().filter(Pods::ready).count()).isGreaterThanOrEqualTo(3);
                    assertThat(pods.stream().filter(Pods::active).count()).isLessThanOrEqualTo(5);
                    return only(pods, 4, "two");
                },
                cluster::kubelets);
        assertThat(cluster.list(ResourceType.REPLICA_SET)).hasSize(2);
        assertThat(
                        cluster.get(ResourceType.DEPLOYMENT, "default", "web")
                                .annotation("deployment.kubernetes.io/revision"))
                .isEqualTo("2");
        change(4, "one");
        settled(4, "one");
        assertThat(cluster.list(ResourceType.REPLICA_SET)).hasSize(2);
    }

    @Test
    void deletesPodsAndReplicaSetsWithTheirDeployment() {
        create(2, "one");
        settled(2, "one");
        cluster.store.delete(ResourceType.DEPLOYMENT, "default", "web");
        cluster.eventually(cluster::pods, List::isEmpty, cluster::kubelets);
        cluster.eventually(() -> cluster.list(ResourceType.REPLICA_SET), List::isEmpty);
    }

    private void create(int replicas, String image) {
        cluster.create(
                ResourceType.DEPLOYMENT,
                "{'metadata': {'namespace': 'default', 'name': 'web'}, 'spec': %s}"
                        .formatted(spec(replicas, image)));
    }

    private void change(int replicas, String image) {
        cluster.store.update(
                ResourceType.DEPLOYMENT,
                "default",
                "web",
                json -> {
                    json.set("spec", ControlledCluster.json(spec(replicas, image)));
                    return json;
                });
    }

    private static String spec(int replicas, String image) {
        return """
        {'replicas': %d, 'selector': {'matchLabels': {'app': 'web'}},
         'template': {'metadata': {'labels': {'app': 'web'}},
                      'spec': {'containers': [{'name': 'web', 'image': '%s'}]}}}
        """
                .formatted(replicas, image);
    }

    private List<KubeObject> settled(int count, String image) {
        return cluster.eventually(
                cluster::pods, pods -> only(pods, count, image), cluster::kubelets);
    }

    private static boolean only(List<KubeObject> pods, int count, String image) {
        return pods.size() == count
                && pods.stream().allMatch(Pods::ready)
                && pods.stream()
                        .allMatch(p -> p.spec().at("/containers/0/image").asText().equals(image));
    }
}
