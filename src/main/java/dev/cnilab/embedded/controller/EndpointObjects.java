package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Builds the Endpoints and EndpointSlice objects for the backends of a Service. */
final class EndpointObjects {

    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String MANAGER_LABEL = "endpointslice.kubernetes.io/managed-by";
    private static final String MANAGER = "endpointslice-controller.k8s.io";

    private EndpointObjects() {}

    static ObjectNode endpoints(KubeObject service, List<Backends> groups) {
        ObjectNode endpoints = owned(service, service.name());
        ArrayNode subsets = endpoints.putArray("subsets");
        for (Backends group : groups) {
            ObjectNode subset = JsonNodeFactory.instance.objectNode();
            for (Backends.Backend backend : group.backends()) {
                subset.withArrayProperty(backend.ready() ? "addresses" : "notReadyAddresses")
                        .addObject()
                        .put("ip", backend.address())
                        .put("nodeName", backend.node())
                        .set("targetRef", target(backend));
            }
            ArrayNode ports = subset.putArray("ports");
            group.ports().forEach(port -> port.write(ports.addObject()));
            subsets.add(subset);
        }
        return endpoints;
    }

    static ObjectNode slice(KubeObject service, Backends group) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        group.ports().forEach(port -> port.write(ports.addObject()));
        ObjectNode slice = owned(service, service.name() + "-" + TemplateHash.of(ports));
        slice.withObject("/metadata/labels")
                .put(SERVICE_LABEL, service.name())
                .put(MANAGER_LABEL, MANAGER);
        slice.put("addressType", "IPv4").set("ports", ports);
        ArrayNode endpoints = slice.putArray("endpoints");
        for (Backends.Backend backend : group.backends()) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(backend.address());
            endpoint.putObject("conditions")
                    .put("ready", backend.ready())
                    .put("serving", backend.ready())
                    .put("terminating", false);
            endpoint.put("nodeName", backend.node()).set("targetRef", target(backend));
        }
        return slice;
    }

    /** Creates an object that is owned by its Service and has its labels. */
    private static ObjectNode owned(KubeObject service, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("namespace", service.namespace()).put("name", name);
        ObjectNode labels = metadata.putObject("labels");
        service.labels().forEach(labels::put);
        metadata.putArray("ownerReferences").add(service.asController());
        return object;
    }

    private static ObjectNode target(Backends.Backend backend) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Pod")
                .put("namespace", backend.pod().namespace())
                .put("name", backend.pod().name())
                .put("uid", backend.pod().uid());
    }
}
