package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Controller that runs one pod of each DaemonSet on every eligible node. */
record DaemonSets(Store store, EventRecorder events) implements ObjectReconciler {

    static final String HASH_LABEL = "controller-revision-hash";
    static final String GENERATION_LABEL = "pod-template-generation";

    @Override
    public ResourceType type() {
        return ResourceType.DAEMON_SET;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.DAEMON_SET, ResourceType.POD, ResourceType.NODE);
    }

    @Override
    public void reconcile(KubeObject set) {
        List<KubeObject> pods = new ArrayList<>(Pods.controlledBy(store, set));
        pods.sort(Comparator.comparing(KubeObject::created).thenComparing(KubeObject::name));
        List<KubeObject> nodes = KubeObject.list(store, ResourceType.NODE);
        List<DaemonPlace> places = new ArrayList<>();
        for (KubeObject node : nodes) {
            DaemonPlace place = DaemonPlace.of(set, node, pods);
            places.add(place);
            place.surplus().forEach(this::delete);
            if (place.lacksPod()) {
                create(set, node);
            }
        }
        pods.stream()
                .filter(pod -> nodes.stream().noneMatch(n -> DaemonPlace.isFor(pod, n)))
                .forEach(this::delete);
        replaceOutdated(set, places);
        report(set, places);
    }

    private void create(KubeObject set, KubeObject node) {
        ObjectNode pod =
                Pods.fromTemplate(
                        set,
                        Map.of(
                                HASH_LABEL, hash(set),
                                GENERATION_LABEL, Long.toString(set.generation())));
        DaemonPod.pin(pod, node);
        ObjectNode created = store.create(ResourceType.POD, pod);
        events.normal(
                set.json(), "SuccessfulCreate", "Created pod: " + new KubeObject(created).name());
    }

    private void delete(KubeObject pod) {
        if (!pod.terminating()) {
            store.delete(ResourceType.POD, pod.namespace(), pod.name());
        }
    }

    /** Deletes pods of an older template, as many at a time as may be unavailable. */
    private void replaceOutdated(KubeObject set, List<DaemonPlace> places) {
        JsonNode strategy = set.spec().path("updateStrategy");
        if (strategy.path("type").asText().equals("OnDelete")) {
            return;
        }
        long desired = places.stream().filter(DaemonPlace::eligible).count();
        long budget =
                Math.max(
                        1,
                        Proportion.of(strategy.path("rollingUpdate").path("maxUnavailable"), 1)
                                .up(desired));
        budget -= places.stream().filter(p -> p.eligible() && !p.ready()).count();
        for (DaemonPlace place : places) {
            for (KubeObject pod : place.outdated(hash(set))) {
                if (!Pods.ready(pod)) {
                    delete(pod);
                } else if (budget > 0) {
                    budget--;
                    delete(pod);
                }
            }
        }
    }

    private void report(KubeObject set, List<DaemonPlace> places) {
        String hash = hash(set);
        long desired = places.stream().filter(DaemonPlace::eligible).count();
        long ready = places.stream().filter(p -> p.eligible() && p.ready()).count();
        store.updateStatus(
                ResourceType.DAEMON_SET,
                set.namespace(),
                set.name(),
                json -> {
                    json.withObject("/status")
                            .put("observedGeneration", set.generation())
                            .put("desiredNumberScheduled", desired)
                            .put(
                                    "currentNumberScheduled",
                                    count(places, p -> p.eligible() && p.occupied()))
                            .put(
                                    "numberMisscheduled",
                                    count(places, p -> !p.eligible() && p.occupied()))
                            .put(
                                    "updatedNumberScheduled",
                                    count(places, p -> p.eligible() && p.updated(hash)))
                            .put("numberReady", ready)
                            .put("numberAvailable", ready)
                            .put("numberUnavailable", desired - ready);
                    return json;
                });
    }

    private static long count(
            List<DaemonPlace> places, java.util.function.Predicate<DaemonPlace> which) {
        return places.stream().filter(which).count();
    }

    private static String hash(KubeObject set) {
        return TemplateHash.of(set.spec().path("template"));
    }
}
