package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import java.util.Map;
import java.util.Optional;

/** Converts a pod's network settings to CNI's. */
final class PodNetwork {

    private static final String IFNAME = "eth0";

    /** The burst that common runtimes use: the largest that the plugin accepts. */
    private static final long BURST = Integer.MAX_VALUE;

    private static final Map<String, Long> SUFFIXES =
            Map.of(
                    "k",
                    1_000L,
                    "M",
                    1_000_000L,
                    "G",
                    1_000_000_000L,
                    "Ki",
                    1L << 10,
                    "Mi",
                    1L << 20,
                    "Gi",
                    1L << 30);

    private PodNetwork() {}

    static Attachment attachment(ObjectNode pod, String containerId, Optional<String> netns)
            throws ContainerException {
        return new Attachment(
                containerId,
                netns,
                IFNAME,
                Map.of(
                        "IgnoreUnknown", "1",
                        "K8S_POD_NAMESPACE", ObjectMeta.namespace(pod),
                        "K8S_POD_NAME", ObjectMeta.name(pod),
                        "K8S_POD_INFRA_CONTAINER_ID", containerId,
                        "K8S_POD_UID", ObjectMeta.uid(pod)),
                capabilities(pod));
    }

    private static ObjectNode capabilities(ObjectNode pod) throws ContainerException {
        ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
        ArrayNode mappings = portMappings(pod);
        if (!mappings.isEmpty()) {
            capabilities.set("portMappings", mappings);
        }
        ObjectNode bandwidth = JsonNodeFactory.instance.objectNode();
        for (String direction : new String[] {"ingress", "egress"}) {
            String rate =
                    pod.path("metadata")
                            .path("annotations")
                            .path("kubernetes.io/%s-bandwidth".formatted(direction))
                            .asText();
            if (!rate.isEmpty()) {
                bandwidth.put(direction + "Rate", bits(rate)).put(direction + "Burst", BURST);
            }
        }
        if (!bandwidth.isEmpty()) {
            capabilities.set("bandwidth", bandwidth);
        }
        return capabilities;
    }

    private static ArrayNode portMappings(ObjectNode pod) {
        ArrayNode mappings = JsonNodeFactory.instance.arrayNode();
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("hostPort").asInt() > 0) {
                    mappings.addObject()
                            .put("hostPort", port.path("hostPort").asInt())
                            .put("containerPort", port.path("containerPort").asInt())
                            .put("protocol", port.path("protocol").asText("TCP"))
                            .put("hostIP", port.path("hostIP").asText());
                }
            }
        }
        return mappings;
    }

    /** Parses a Kubernetes quantity of bits per second. */
    private static long bits(String quantity) throws ContainerException {
        String digits = quantity.replaceFirst("[A-Za-z]+$", "");
        String suffix = quantity.substring(digits.length());
        if (!digits.matches("[0-9]{1,9}") || !suffix.isEmpty() && !SUFFIXES.containsKey(suffix)) {
            throw new ContainerException(
                    "FailedCreatePodSandBox", "bandwidth '" + quantity + "' is not a quantity");
        }
        return Long.parseLong(digits) * SUFFIXES.getOrDefault(suffix, 1L);
    }
}
