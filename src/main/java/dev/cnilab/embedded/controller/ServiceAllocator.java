package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.FieldError;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;
import java.util.Optional;

/**
 * Allocates cluster IPs and node ports of Services. It runs in the store's admission, whose lock
 * prevents duplicates.
 */
record ServiceAllocator(Store store, ControllerSettings settings) {

    /**
     * Fills in the fields that the Service omits; existing allocations are kept.
     *
     * @throws ApiException 422 Invalid when a requested value is in use or out of range
     */
    ObjectNode assign(ObjectNode json) {
        KubeObject service = new KubeObject(json);
        Optional<KubeObject> before =
                store.get(ResourceType.SERVICE, service.namespace(), service.name())
                        .map(KubeObject::new);
        List<KubeObject> others =
                KubeObject.list(store, ResourceType.SERVICE).stream()
                        .filter(other -> !sameName(other, service))
                        .toList();
        try {
            if (!service.spec().path("type").asText().equals("ExternalName")) {
                new ClusterIps(settings.serviceSubnet(), others).assign(service, before);
            }
            new NodePorts(settings, others).assign(service, before);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    ResourceType.SERVICE,
                    service.name(),
                    List.of(FieldError.parse(String.valueOf(e.getMessage()))));
        }
        return json;
    }

    private static boolean sameName(KubeObject one, KubeObject other) {
        return one.name().equals(other.name()) && one.namespace().equals(other.namespace());
    }
}
