package dev.cnilab.cluster.embedded.controller;

import dev.cnilab.kube.Event;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes what is left over: objects whose controller or whose namespace is gone. */
record GarbageCollector(Store store) implements Reconciler {

    @Override
    public Set<ResourceType> watched() {
        return EnumSet.allOf(ResourceType.class);
    }

    @Override
    public boolean concernedBy(Event event) {
        return event.type() == Event.Type.DELETED;
    }

    @Override
    public void reconcile() {
        Map<ResourceType, List<KubeObject>> candidates = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            candidates.put(type, KubeObject.list(store, type));
        }
        // Looked up after the candidates: an owner that is missing now was there before them.
        Set<String> owners = new HashSet<>();
        for (ResourceType type : ResourceType.values()) {
            KubeObject.list(store, type).forEach(object -> owners.add(object.uid()));
        }
        candidates.forEach((type, objects) ->
                objects.stream()
                        .filter(object -> !object.terminating())
                        .filter(object -> orphaned(object, owners))
                        .forEach(o -> store.delete(type, o.namespace(), o.name())));
    }

    private boolean orphaned(KubeObject object, Set<String> owners) {
        boolean homeless =
                !object.namespace().isEmpty()
                        && store.get(ResourceType.NAMESPACE, "", object.namespace()).isEmpty();
        return homeless
                || object.controller()
                        .filter(owner -> !owners.contains(owner.path("uid").asText()))
                        .isPresent();
    }
}
