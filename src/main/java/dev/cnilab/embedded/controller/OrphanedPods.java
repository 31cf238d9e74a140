package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.Set;

/** Controller that deletes the pods of a deleted node, which has no kubelet to terminate them. */
record OrphanedPods(Store store) implements Reconciler {

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.NODE, ResourceType.POD);
    }

    @Override
    public void reconcile() {
        for (KubeObject pod : KubeObject.list(store, ResourceType.POD)) {
            String node = pod.spec().path("nodeName").asText();
            if (!node.isEmpty() && store.get(ResourceType.NODE, "", node).isEmpty()) {
                store.remove(ResourceType.POD, pod.namespace(), pod.name());
            }
        }
    }
}
