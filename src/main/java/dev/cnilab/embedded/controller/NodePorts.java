package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Allocates a Service's node ports, given the other Services. */
final class NodePorts {

    private record Allocation(String protocol, int number) {}

    private final int first;
    private final int last;
    private final Set<Allocation> taken = new HashSet<>();

    NodePorts(ControllerSettings settings, List<KubeObject> others) {
        first = settings.firstNodePort();
        last = settings.lastNodePort();
        for (KubeObject other : others) {
            other.spec().path("ports").forEach(port -> taken.add(taken(port, nodePort(port))));
        }
    }

    /**
     * Allocates the ports.
     *
     * @throws IllegalArgumentException with the API server's message when one is not available
     */
    void assign(KubeObject service, Optional<KubeObject> before) {
        String type = service.spec().path("type").asText();
        boolean allocates = type.equals("NodePort") || type.equals("LoadBalancer");
        List<ObjectNode> open = new ArrayList<>();
        for (JsonNode port : service.spec().path("ports")) {
            if (port instanceof ObjectNode json) {
                int number = nodePort(port) > 0 ? nodePort(port) : before(before, port);
                json.remove("nodePort");
                if (allocates && number > 0) {
                    allocate(json, checked(json, number));
                } else if (allocates) {
                    open.add(json);
                }
            }
        }
        // Automatic ports last, so that none takes a number requested further down the list.
        open.forEach(port -> allocate(port, lowestFree(port)));
    }

    private void allocate(ObjectNode port, int number) {
        port.put("nodePort", number);
        taken.add(taken(port, number));
    }

    private static int before(Optional<KubeObject> before, JsonNode port) {
        if (before.isPresent()) {
            for (JsonNode old : before.get().spec().path("ports")) {
                if (taken(old, old.path("port").asInt())
                        .equals(taken(port, port.path("port").asInt()))) {
                    return nodePort(old);
                }
            }
        }
        return 0;
    }

    private int checked(JsonNode port, int number) {
        String refused = "spec.ports.nodePort: Invalid value: %d: ".formatted(number);
        if (number < first || number > last) {
            throw new IllegalArgumentException(
                    refused
                            + "provided port is not in the valid range. The range of valid ports is "
                            + first
                            + "-"
                            + last);
        }
        if (taken.contains(taken(port, number))) {
            throw new IllegalArgumentException(refused + "provided port is already allocated");
        }
        return number;
    }

    /** Kubernetes reserves the first part of the range for explicitly requested ports. */
    private int lowestFree(JsonNode port) {
        int size = last - first + 1;
        int asked = size <= 16 ? 0 : Math.clamp(size / 32, 16, 128);
        for (int candidate = first + asked; candidate <= last; candidate++) {
            if (!taken.contains(taken(port, candidate))) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(
                "spec.ports: Internal error: failed to allocate a nodePort: range is full");
    }

    private static int nodePort(JsonNode port) {
        return port.path("nodePort").asInt();
    }

    private static Allocation taken(JsonNode port, int number) {
        return new Allocation(port.path("protocol").asText("TCP"), number);
    }
}
