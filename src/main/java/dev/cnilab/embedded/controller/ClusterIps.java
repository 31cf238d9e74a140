package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import java.util.Optional;

/** Allocates a Service's cluster IP, given the other Services. */
record ClusterIps(Ipv4Prefix subnet, List<KubeObject> others) {

    private static final String HEADLESS = "None";

    /**
     * Allocates the address.
     *
     * @throws IllegalArgumentException with the API server's message when it is not available
     */
    void assign(KubeObject service, Optional<KubeObject> before) {
        String requested = address(service);
        String current = before.map(ClusterIps::address).orElse("");
        if (!current.isEmpty() && !requested.isEmpty() && !requested.equals(current)) {
            throw new IllegalArgumentException(
                    "spec.clusterIPs[0]: Invalid value: []string{\"%s\"}: may not change once set"
                            .formatted(requested));
        }
        String address =
                current.isEmpty() ? requested.isEmpty() ? lowestFree() : requested : current;
        if (!address.equals(HEADLESS)) {
            check(address);
        }
        ObjectNode spec = service.json().withObject("/spec");
        spec.put("clusterIP", address).putArray("clusterIPs").add(address);
        spec.put("ipFamilyPolicy", "SingleStack").putArray("ipFamilies").add("IPv4");
    }

    /** Kubernetes reserves the first part of the subnet for explicitly requested addresses. */
    private String lowestFree() {
        long asked = Math.clamp(subnet.size() / 16, 16, 256);
        for (long i = subnet.size() <= 16 ? 1 : asked; i < subnet.size() - 1; i++) {
            String candidate = subnet.host((int) i).toString();
            if (!taken(candidate)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(
                "spec.clusterIPs: Internal error: failed to allocate a serviceIP: range is full");
    }

    private void check(String address) {
        String refused =
                "spec.clusterIPs: Invalid value: []string{\"%1$s\"}: failed to allocate IP %1$s: "
                        .formatted(address);
        if (taken(address)) {
            throw new IllegalArgumentException(refused + "provided IP is already allocated");
        }
        if (!subnet.contains(Ipv4Address.parse(address))) {
            throw new IllegalArgumentException(
                    refused + "the provided IP is not in the valid range " + subnet);
        }
    }

    private boolean taken(String address) {
        return others.stream().anyMatch(other -> address(other).equals(address));
    }

    private static String address(KubeObject service) {
        return service.spec().path("clusterIP").asText();
    }
}
