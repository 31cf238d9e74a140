package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The pods of a Service that offer its ports under the same numbers. Pods with different numbers
 * for a named port belong to different instances.
 */
record Backends(List<Port> ports, List<Backend> backends) {

    /**
     * A port of the Service.
     *
     * @param name as in the Service, "" for its only port
     */
    record Port(String name, int number, String protocol) {

        void write(ObjectNode json) {
            if (!name.isEmpty()) {
                json.put("name", name);
            }
            json.put("port", number).put("protocol", protocol);
        }
    }

    record Backend(KubeObject pod, String address, String node, boolean ready) {}

    /** Groups the pods that the Service selects and that have an address. */
    static List<Backends> of(KubeObject service, List<KubeObject> pods) {
        LabelSelector selector = LabelSelector.of(service.spec().path("selector"));
        boolean evenNotReady = service.spec().path("publishNotReadyAddresses").asBoolean();
        Map<List<Port>, List<Backend>> groups = new LinkedHashMap<>();
        for (KubeObject pod : pods) {
            String address = pod.status().path("podIP").asText();
            if (pod.namespace().equals(service.namespace())
                    && selector.matches(pod.json())
                    && Pods.active(pod)
                    && !address.isEmpty()) {
                Backend backend =
                        new Backend(
                                pod,
                                address,
                                pod.spec().path("nodeName").asText(),
                                evenNotReady || Pods.ready(pod));
                groups.computeIfAbsent(ports(service, pod), p -> new ArrayList<>()).add(backend);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new Backends(group.getKey(), group.getValue()))
                .toList();
    }

    private static List<Port> ports(KubeObject service, KubeObject pod) {
        List<Port> ports = new ArrayList<>();
        for (JsonNode port : service.spec().path("ports")) {
            target(port, pod)
                    .ifPresent(number ->
                            ports.add(
                                    new Port(
                                            port.path("name").asText(),
                                            number,
                                            port.path("protocol").asText("TCP"))));
        }
        return ports;
    }

    /**
     * Returns the pod's number of a Service's port; empty when the pod has no port of that name.
     */
    private static OptionalInt target(JsonNode port, KubeObject pod) {
        JsonNode target = port.path("targetPort");
        if (!target.isTextual()) {
            return OptionalInt.of(target.asInt(port.path("port").asInt()));
        }
        for (JsonNode container : pod.spec().path("containers")) {
            for (JsonNode candidate : container.path("ports")) {
                if (candidate.path("name").equals(target)
                        && candidate
                                .path("protocol")
                                .asText("TCP")
                                .equals(port.path("protocol").asText("TCP"))) {
                    return OptionalInt.of(candidate.path("containerPort").asInt());
                }
            }
        }
        return OptionalInt.empty();
    }
}
