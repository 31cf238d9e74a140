package dev.cnilab.embedded.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.NatTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads Services and their EndpointSlices for a node's proxy. Ignores headless Services, and ports
 * of protocols other than TCP, UDP and SCTP.
 *
 * @param node the node's name
 */
record ServiceView(String node, List<ObjectNode> services, List<ObjectNode> slices) {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    List<ServicePort> ports() {
        List<ServicePort> ports = new ArrayList<>();
        for (ObjectNode service : services) {
            String address = service.path("spec").path("clusterIP").asText();
            if (!address.isEmpty() && !address.equals("None")) {
                for (JsonNode port : service.path("spec").path("ports")) {
                    protocol(port).ifPresent(p -> ports.add(port(service, address, port, p)));
                }
            }
        }
        return ports;
    }

    private ServicePort port(ObjectNode service, String address, JsonNode port, L4Proto protocol) {
        JsonNode spec = service.path("spec");
        boolean insideLocal = spec.path("internalTrafficPolicy").asText().equals("Local");
        boolean outsideLocal = spec.path("externalTrafficPolicy").asText().equals("Local");
        return new ServicePort(
                ObjectMeta.namespace(service)
                        + "/"
                        + ObjectMeta.name(service)
                        + "/"
                        + port.path("name").asText(protocol.name().toLowerCase(Locale.ROOT)),
                protocol,
                Ipv4Address.parse(address),
                port.path("port").asInt(),
                port.path("nodePort").asInt(),
                endpoints(service, port, insideLocal),
                endpoints(service, port, outsideLocal),
                outsideLocal);
    }

    private List<NatTarget> endpoints(ObjectNode service, JsonNode port, boolean local) {
        List<NatTarget> endpoints = new ArrayList<>();
        for (ObjectNode slice : slices) {
            if (belongs(slice, service)) {
                for (JsonNode candidate : slice.path("ports")) {
                    if (candidate.path("name").asText().equals(port.path("name").asText())
                            && protocol(candidate).equals(protocol(port))) {
                        collect(slice, candidate.path("port").asInt(), local, endpoints);
                    }
                }
            }
        }
        return endpoints;
    }

    private void collect(ObjectNode slice, int port, boolean local, List<NatTarget> endpoints) {
        for (JsonNode endpoint : slice.path("endpoints")) {
            boolean here = endpoint.path("nodeName").asText().equals(node);
            // Unknown readiness counts as ready: discovery.k8s.io/v1, EndpointConditions.
            if (endpoint.path("conditions").path("ready").asBoolean(true) && (here || !local)) {
                for (JsonNode address : endpoint.path("addresses")) {
                    endpoints.add(new NatTarget(Ipv4Address.parse(address.asText()), port));
                }
            }
        }
    }

    private static boolean belongs(ObjectNode slice, ObjectNode service) {
        return ObjectMeta.namespace(slice).equals(ObjectMeta.namespace(service))
                && slice.path("addressType").asText().equals("IPv4")
                && slice.path("metadata")
                        .path("labels")
                        .path(SERVICE_LABEL)
                        .asText()
                        .equals(ObjectMeta.name(service));
    }

    private static Optional<L4Proto> protocol(JsonNode port) {
        return switch (port.path("protocol").asText("TCP")) {
            case "TCP" -> Optional.of(L4Proto.TCP);
            case "UDP" -> Optional.of(L4Proto.UDP);
            case "SCTP" -> Optional.of(L4Proto.SCTP);
            default -> Optional.empty();
        };
    }
}
