package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Controller that keeps a ReplicaSet for each template of a Deployment, and scales from the old
 * ones to the newest.
 */
record Deployments(Store store, EventRecorder events) implements ObjectReconciler {

    static final String HASH_LABEL = "pod-template-hash";
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int HISTORY = 10;

    @Override
    public ResourceType type() {
        return ResourceType.DEPLOYMENT;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.DEPLOYMENT, ResourceType.REPLICA_SET);
    }

    @Override
    public void reconcile(KubeObject deployment) {
        String name = deployment.name() + "-" + TemplateHash.of(deployment.spec().path("template"));
        List<KubeObject> sets = setsOf(deployment);
        KubeObject newest =
                sets.stream()
                        .filter(set -> set.name().equals(name))
                        .findFirst()
                        .orElseGet(() -> create(deployment, name));
        List<KubeObject> old = sets.stream().filter(set -> !set.name().equals(name)).toList();
        number(deployment, newest, old);
        if (!deployment.spec().path("paused").asBoolean()) {
            Rollout.of(deployment, newest, old)
                    .next()
                    .forEach((set, replicas) -> scale(deployment, set, replicas));
        }
        forget(deployment, old);
        report(deployment, name);
    }

    private List<KubeObject> setsOf(KubeObject deployment) {
        return KubeObject.list(store, ResourceType.REPLICA_SET).stream()
                .filter(set -> set.controlledBy(deployment))
                .sorted(Comparator.comparingLong(Deployments::revision))
                .toList();
    }

    private KubeObject create(KubeObject deployment, String name) {
        String hash = name.substring(deployment.name().length() + 1);
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", name).put("namespace", deployment.namespace());
        metadata.putArray("ownerReferences").add(deployment.asController());
        ObjectNode spec = set.putObject("spec");
        spec.put("replicas", 0);
        spec.set("selector", deployment.spec().path("selector").deepCopy());
        spec.set("template", deployment.spec().path("template").deepCopy());
        spec.withObject("/selector/matchLabels").put(HASH_LABEL, hash);
        ObjectNode labels = spec.withObject("/template/metadata/labels").put(HASH_LABEL, hash);
        metadata.set("labels", labels.deepCopy());
        return new KubeObject(store.create(ResourceType.REPLICA_SET, set));
    }

    /** Gives the newest ReplicaSet the highest revision, also after a rollback. */
    private void number(KubeObject deployment, KubeObject newest, List<KubeObject> old) {
        long highest = old.stream().mapToLong(Deployments::revision).max().orElse(0);
        String revision = Long.toString(Math.max(highest + 1, revision(newest)));
        annotate(ResourceType.REPLICA_SET, newest, revision);
        annotate(ResourceType.DEPLOYMENT, deployment, revision);
    }

    private void annotate(ResourceType type, KubeObject object, String revision) {
        store.update(
                type,
                object.namespace(),
                object.name(),
                json -> {
                    json.withObject("/metadata/annotations").put(REVISION, revision);
                    return json;
                });
    }

    private void scale(KubeObject deployment, KubeObject set, int replicas) {
        int before = Rollout.specReplicas(set);
        if (before != replicas) {
            store.update(
                    ResourceType.REPLICA_SET,
                    set.namespace(),
                    set.name(),
                    json -> {
                        json.withObject("/spec").put("replicas", replicas);
                        return json;
                    });
            events.normal(
                    deployment.json(),
                    "ScalingReplicaSet",
                    "Scaled %s replica set %s to %d from %d"
                            .formatted(
                                    replicas > before ? "up" : "down",
                                    set.name(),
                                    replicas,
                                    before));
        }
    }

    /** Deletes old empty ReplicaSets beyond the revision history limit. */
    private void forget(KubeObject deployment, List<KubeObject> old) {
        int kept = deployment.spec().path("revisionHistoryLimit").asInt(HISTORY);
        old.stream()
                .filter(set ->
                        Rollout.specReplicas(set) == 0 && Rollout.replicas(set, "replicas") == 0)
                .limit(Math.max(0, old.size() - kept))
                .forEach(
                        set -> store.delete(ResourceType.REPLICA_SET, set.namespace(), set.name()));
    }

    private void report(KubeObject deployment, String newest) {
        List<KubeObject> sets = setsOf(deployment);
        List<KubeObject> updated = sets.stream().filter(s -> s.name().equals(newest)).toList();
        int desired = Rollout.specReplicas(deployment);
        int available = sum(sets, "availableReplicas");
        int needed = desired - Rollout.unavailable(deployment);
        store.updateStatus(
                ResourceType.DEPLOYMENT,
                deployment.namespace(),
                deployment.name(),
                json -> {
                    json.withObject("/status")
                            .put("observedGeneration", deployment.generation())
                            .put("replicas", sum(sets, "replicas"))
                            .put("updatedReplicas", sum(updated, "replicas"))
                            .put("readyReplicas", sum(sets, "readyReplicas"))
                            .put("availableReplicas", available)
                            .put("unavailableReplicas", Math.max(0, desired - available));
                    boolean enough = available >= needed;
                    Conditions.set(
                            json,
                            "Available",
                            enough ? "True" : "False",
                            enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                            "Deployment %s minimum availability."
                                    .formatted(enough ? "has" : "does not have"));
                    boolean complete =
                            available == desired
                                    && sum(updated, "replicas") == desired
                                    && sum(sets, "replicas") == desired;
                    Conditions.set(
                            json,
                            "Progressing",
                            "True",
                            complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                            "ReplicaSet \"%s\" %s."
                                    .formatted(
                                            newest,
                                            complete
                                                    ? "has successfully progressed"
                                                    : "is progressing"));
                    return json;
                });
    }

    private static int sum(List<KubeObject> sets, String count) {
        return sets.stream().mapToInt(set -> Rollout.replicas(set, count)).sum();
    }

    private static long revision(KubeObject set) {
        String revision = set.annotation(REVISION);
        return revision.isEmpty() ? 0 : Long.parseLong(revision);
    }
}
