package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.WatchEvent;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Controller that deletes objects whose owner or namespace is gone. */
record GarbageCollector(Store store) implements Reconciler {

    @Override
    public Set<ResourceType> watched() {
        return EnumSet.allOf(ResourceType.class);
    }

    /**
     * Includes objects that were created late, by a component that had not seen the deletion yet.
     */
    @Override
    public boolean concernedBy(WatchEvent event) {
        return switch (event.type()) {
            case DELETED -> true;
            case ADDED -> orphaned(new KubeObject(event.object()), owner(event.object()));
            case MODIFIED -> false;
        };
    }

    /** Returns the UID of the object's controller, if that exists. */
    private Set<String> owner(ObjectNode object) {
        KubeObject owned = new KubeObject(object);
        return owned.controller()
                .flatMap(reference ->
                        ResourceType.ofKind(
                                        reference.path("apiVersion").asText(),
                                        reference.path("kind").asText())
                                .flatMap(type ->
                                        store.get(
                                                type,
                                                type.namespaced() ? owned.namespace() : "",
                                                reference.path("name").asText())))
                .map(owner -> Set.of(new KubeObject(owner).uid()))
                .orElse(Set.of());
    }

    @Override
    public void reconcile() {
        Map<ResourceType, List<KubeObject>> candidates = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            candidates.put(type, KubeObject.list(store, type));
        }
        // Listed after the candidates, so that a missing owner was deleted rather than not yet
        // created.
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
