package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Controller that runs the desired number of pods of each ReplicaSet. Pods that it does not own are
 * ignored.
 */
record ReplicaSets(Store store, EventRecorder events) implements ObjectReconciler {

    /** Orders pods for deletion: those not bound, then not ready, then the youngest. */
    private static final Comparator<KubeObject> EXPENDABLE =
            Comparator.comparing((KubeObject pod) -> pod.spec().hasNonNull("nodeName"))
                    .thenComparing(Pods::ready)
                    .thenComparing(KubeObject::created, Comparator.reverseOrder())
                    .thenComparing(KubeObject::name);

    @Override
    public ResourceType type() {
        return ResourceType.REPLICA_SET;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.REPLICA_SET, ResourceType.POD);
    }

    @Override
    public void reconcile(KubeObject set) {
        List<KubeObject> pods =
                Pods.controlledBy(store, set).stream().filter(Pods::active).toList();
        int desired = Rollout.specReplicas(set);
        for (int i = pods.size(); i < desired; i++) {
            ObjectNode pod = store.create(ResourceType.POD, Pods.fromTemplate(set, Map.of()));
            String name = new KubeObject(pod).name();
            events.normal(set.json(), "SuccessfulCreate", "Created pod: " + name);
        }
        pods.stream()
                .sorted(EXPENDABLE)
                .limit(Math.max(0, pods.size() - desired))
                .forEach(pod -> delete(set, pod));
        report(set);
    }

    private void delete(KubeObject set, KubeObject pod) {
        store.delete(ResourceType.POD, pod.namespace(), pod.name());
        events.normal(set.json(), "SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    private void report(KubeObject set) {
        List<KubeObject> pods =
                Pods.controlledBy(store, set).stream().filter(Pods::active).toList();
        long ready = pods.stream().filter(Pods::ready).count();
        store.updateStatus(
                ResourceType.REPLICA_SET,
                set.namespace(),
                set.name(),
                json -> {
                    json.withObject("/status")
                            .put("observedGeneration", set.generation())
                            .put("replicas", pods.size())
                            .put("fullyLabeledReplicas", pods.size())
                            .put("readyReplicas", ready)
                            .put("availableReplicas", ready);
                    return json;
                });
    }
}
