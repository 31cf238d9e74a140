package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;

/** Creates the initial objects of an API server: its namespaces and the Service of the API. */
record Bootstrap(Store store, ControllerSettings settings) {

    private static final List<String> NAMESPACES =
            List.of("default", "kube-system", "kube-public", "kube-node-lease");

    /** Creates missing objects. Repeatable. */
    void run() {
        for (String name : NAMESPACES) {
            Seed.ensure(store, ResourceType.NAMESPACE, Seed.object("", name));
        }
        Seed.ensure(store, ResourceType.SERVICE, service());
        Seed.ensure(store, ResourceType.ENDPOINTS, endpoints());
        Seed.ensure(store, ResourceType.ENDPOINT_SLICE, slice());
    }

    private ObjectNode service() {
        ObjectNode service = kubernetes();
        ObjectNode spec = service.putObject("spec");
        spec.put("clusterIP", settings.serviceSubnet().host(1).toString());
        port(spec.putArray("ports").addObject(), 443)
                .put("targetPort", ControllerSettings.API_PORT);
        return service;
    }

    private ObjectNode endpoints() {
        ObjectNode endpoints = kubernetes();
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", settings.apiServer().toString());
        port(subset.putArray("ports").addObject(), ControllerSettings.API_PORT);
        return endpoints;
    }

    private ObjectNode slice() {
        ObjectNode slice = kubernetes();
        slice.withObject("/metadata/labels").put(EndpointObjects.SERVICE_LABEL, "kubernetes");
        slice.put("addressType", "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(settings.apiServer().toString());
        endpoint.putObject("conditions").put("ready", true);
        port(slice.putArray("ports").addObject(), ControllerSettings.API_PORT);
        return slice;
    }

    private static ObjectNode kubernetes() {
        ObjectNode object = Seed.object("default", "kubernetes");
        object.withObject("/metadata/labels")
                .put("component", "apiserver")
                .put("provider", "kubernetes");
        return object;
    }

    private static ObjectNode port(ObjectNode port, int number) {
        return port.put("name", "https").put("port", number).put("protocol", "TCP");
    }
}
