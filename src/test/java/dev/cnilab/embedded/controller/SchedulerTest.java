package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void spreadsPodsOverTheNodes() {
        cluster.node("a");
        cluster.node("b");
        for (int i = 0; i < 4; i++) {
            pod("p" + i, "{}");
        }
        cluster.eventually(
                cluster::pods,
                pods ->
                        pods.stream().filter(p -> node(p).equals("a")).count() == 2
                                && pods.stream().filter(p -> node(p).equals("b")).count() == 2
                                // Set after the node's name.
                                && pods.stream().allMatch(p -> p.has("PodScheduled")));
    }

    @Test
    void appliesNodeSelectorAndAffinity() {
        cluster.node("a");
        cluster.node("b");
        cluster.store.update(
                ResourceType.NODE,
                "",
                "b",
                json -> {
                    json.withObject("/metadata/labels").put("disk", "ssd");
                    return json;
                });
        pod("selector", "{'nodeSelector': {'disk': 'ssd'}}");
        pod(
                "affinity",
                """
                {'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution':
                  {'nodeSelectorTerms': [
                    {'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['z']}]},
                    {'matchExpressions': [{'key': 'disk', 'operator': 'Exists'}]}]}}}}
                """);
        cluster.eventually(
                cluster::pods, pods -> pods.stream().allMatch(pod -> node(pod).equals("b")));
    }

    @Test
    void reportsWhyAPodCannotBeScheduled() {
        cluster.node("a");
        cluster.create(ResourceType.NODE, "{'metadata': {'name': 'b'}}");
        pod("p", "{'nodeSelector': {'disk': 'ssd'}}");
        String why =
                "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, "
                        + "1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.";
        cluster.eventually(
                () -> cluster.get(ResourceType.POD, "default", "p").status().path("conditions"),
                conditions ->
                        conditions.at("/0/reason").asText().equals("Unschedulable")
                                && conditions.at("/0/message").asText().equals(why));
        cluster.eventually(
                () -> cluster.list(ResourceType.EVENT),
                events ->
                        events.stream()
                                .anyMatch(e ->
                                        e.json().path("message").asText().equals(why)
                                                && e.json()
                                                        .path("reason")
                                                        .asText()
                                                        .equals("FailedScheduling")));

        cluster.store.update(
                ResourceType.NODE,
                "",
                "a",
                json -> {
                    json.withObject("/metadata/labels").put("disk", "ssd");
                    return json;
                });
        cluster.eventually(() -> node(cluster.get(ResourceType.POD, "default", "p")), "a"::equals);
    }

    @Test
    void aTaintRepelsPodsUntilItIsRemoved() {
        cluster.create(
                ResourceType.NODE,
                """
                {'metadata': {'name': 'cp'},
                 'spec': {'taints': [{'key': 'node-role.kubernetes.io/control-plane',
                                      'effect': 'NoSchedule'}]},
                 'status': {'conditions': [{'type': 'Ready', 'status': 'True'}]}}
                """);
        pod("p", "{}");
        cluster.eventually(
                () ->
                        cluster.get(ResourceType.POD, "default", "p")
                                .status()
                                .at("/conditions/0/message")
                                .asText(),
                message ->
                        message.equals(
                                "0/1 nodes are available: 1 node(s) had untolerated taint "
                                        + "{node-role.kubernetes.io/control-plane: }."));
        cluster.store.update(
                ResourceType.NODE,
                "",
                "cp",
                json -> {
                    json.withObject("/spec").remove("taints");
                    return json;
                });
        cluster.eventually(() -> node(cluster.get(ResourceType.POD, "default", "p")), "cp"::equals);
    }

    private void pod(String name, String spec) {
        cluster.create(
                ResourceType.POD,
                "{'metadata': {'namespace': 'default', 'name': '%s'}, 'spec': %s}"
                        .formatted(name, spec));
    }

    private static String node(KubeObject pod) {
        return pod.spec().path("nodeName").asText();
    }
}
