package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Binds pods to nodes where they fit: those with the fewest pods of the same owner, then with the
 * fewest pods. Requested resources are ignored, since all nodes share this machine.
 */
record Scheduler(Store store, EventRecorder events) implements ObjectReconciler {

    @Override
    public ResourceType type() {
        return ResourceType.POD;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.POD, ResourceType.NODE);
    }

    @Override
    public void reconcile(KubeObject pod) {
        if (pod.spec().hasNonNull("nodeName")) {
            return;
        }
        List<KubeObject> nodes = KubeObject.list(store, ResourceType.NODE);
        List<KubeObject> fitting = new ArrayList<>();
        Map<String, Integer> refusals = new TreeMap<>();
        for (KubeObject node : nodes) {
            Optional<String> refusal = NodeFit.refusal(pod.spec(), node);
            refusal.ifPresentOrElse(
                    reason -> refusals.merge(reason, 1, Integer::sum), () -> fitting.add(node));
        }
        if (fitting.isEmpty()) {
            leave(pod, unavailable(nodes.size(), refusals));
        } else {
            bind(pod, emptiest(fitting, pod));
        }
    }

    private static String unavailable(int nodes, Map<String, Integer> refusals) {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        return refusals.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .sorted()
                .collect(Collectors.joining(", ", "0/" + nodes + " nodes are available: ", "."));
    }

    private KubeObject emptiest(List<KubeObject> fitting, KubeObject pod) {
        List<KubeObject> pods = KubeObject.list(store, ResourceType.POD);
        Optional<JsonNode> owner = pod.controller();
        return fitting.stream()
                .min(
                        Comparator.comparingLong((KubeObject node) ->
                                        pods.stream()
                                                .filter(p -> Pods.runsOn(p, node))
                                                .filter(p -> owner.isPresent())
                                                .filter(p -> p.controller().equals(owner))
                                                .count())
                                .thenComparingLong(node ->
                                        pods.stream().filter(p -> Pods.runsOn(p, node)).count()))
                .orElseThrow();
    }

    private void bind(KubeObject pod, KubeObject node) {
        store.update(
                ResourceType.POD,
                pod.namespace(),
                pod.name(),
                json -> {
                    json.withObject("/spec").put("nodeName", node.name());
                    return json;
                });
        store.updateStatus(
                ResourceType.POD,
                pod.namespace(),
                pod.name(),
                json -> {
                    Conditions.set(json, "PodScheduled", "True", "", "");
                    return json;
                });
        events.normal(
                pod.json(),
                "Scheduled",
                "Successfully assigned %s/%s to %s"
                        .formatted(pod.namespace(), pod.name(), node.name()));
    }

    private void leave(KubeObject pod, String why) {
        boolean known = false;
        for (JsonNode condition : pod.status().path("conditions")) {
            known |= condition.path("message").asText().equals(why);
        }
        if (!known) {
            store.updateStatus(
                    ResourceType.POD,
                    pod.namespace(),
                    pod.name(),
                    json -> {
                        Conditions.set(json, "PodScheduled", "False", "Unschedulable", why);
                        return json;
                    });
            events.warning(pod.json(), "FailedScheduling", why);
        }
    }
}
