package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The choice of a Service's node ports beside the other Services. */
final class NodePorts {

    private record Taken(String protocol, int number) {}

    private final int first;
    private final int last;
    private final Set<Taken> taken = new HashSet<>();

    NodePorts(ControllerSettings settings, List<KubeObject> others) {
        first = settings.firstNodePort();
        last = settings.lastNodePort();
        for (KubeObject other : others) {
            other.spec().path("ports").forEach(port -> taken.add(taken(port, nodePort(port))));
        }
    }

    /**
     * @throws IllegalArgumentException with the API server's words for what can't be had
     */
    void assign(KubeObject service, Optional<KubeObject> before) {
        String type = service.spec().path("type").asText();
        boolean wanted = type.equals("NodePort") || type.equals("LoadBalancer");
        List<ObjectNode> open = new ArrayList<>();
        for (JsonNode port : service.spec().path("ports")) {
            if (port instanceof ObjectNode json) {
                int number = nodePort(port) > 0 ? nodePort(port) : before(before, port);
                json.remove("nodePort");
                if (wanted && number > 0) {
                    take(json, checked(json, number));
                } else if (wanted) {
                    open.add(json);
                }
            }
        }
        // Last, so that none takes the number of a port further down the list.
        open.forEach(port -> take(port, lowestFree(port)));
    }

    private void take(ObjectNode port, int number) {
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

    /** Kubernetes keeps the first part of the range for ports that are asked for. */
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

    private static Taken taken(JsonNode port, int number) {
        return new Taken(port.path("protocol").asText("TCP"), number);
    }
}
