package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the addresses behind each Service that has a selector: Endpoints and EndpointSlices. */
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

    private void write(ResourceType type, ObjectNode wanted) {
        KubeObject object = new KubeObject(wanted);
        if (store.get(type, object.namespace(), object.name()).isEmpty()) {
            store.create(type, wanted);
        } else {
            store.update(
                    type,
                    object.namespace(),
                    object.name(),
                    current -> {
                        wanted.properties().stream()
                                .filter(field -> !field.getKey().equals("metadata"))
                                .forEach(field -> current.set(field.getKey(), field.getValue()));
                        current.withObject("/metadata")
                                .set("labels", wanted.path("metadata").path("labels"));
                        return current;
                    });
        }
    }
}
