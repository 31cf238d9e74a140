package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Controller that writes Endpoints and EndpointSlices of each Service with a selector. */
record ServiceEndpoints(Store store) implements ObjectReconciler {

    @Override
    public ResourceType type() {
        return ResourceType.SERVICE;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.SERVICE, ResourceType.POD);
    }

    @Override
    public void reconcile(KubeObject service) {
        if (service.spec().path("selector").isEmpty()) {
            return;
        }
        List<Backends> groups = Backends.of(service, KubeObject.list(store, ResourceType.POD));
        write(ResourceType.ENDPOINTS, EndpointObjects.endpoints(service, groups));
        Set<String> current = new HashSet<>();
        for (Backends group : groups) {
            ObjectNode slice = EndpointObjects.slice(service, group);
            write(ResourceType.ENDPOINT_SLICE, slice);
            current.add(new KubeObject(slice).name());
        }
        for (KubeObject slice : KubeObject.list(store, ResourceType.ENDPOINT_SLICE)) {
            if (slice.controlledBy(service) && !current.contains(slice.name())) {
                store.delete(ResourceType.ENDPOINT_SLICE, slice.namespace(), slice.name());
            }
        }
    }

    private void write(ResourceType type, ObjectNode desired) {
        KubeObject object = new KubeObject(desired);
        if (store.get(type, object.namespace(), object.name()).isEmpty()) {
            store.create(type, desired);
        } else {
            store.update(
                    type,
                    object.namespace(),
                    object.name(),
                    current -> {
                        desired.properties().stream()
                                .filter(field -> !field.getKey().equals("metadata"))
                                .forEach(field -> current.set(field.getKey(), field.getValue()));
                        current.withObject("/metadata")
                                .set("labels", desired.path("metadata").path("labels"));
                        return current;
                    });
        }
    }
}
