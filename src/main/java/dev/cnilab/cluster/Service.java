package dev.cnilab.cluster;

import dev.cnilab.net.Ipv4Address;
import java.util.Map;
import java.util.Optional;

/**
 * A Service as the Kubernetes API shows it, reduced to its first port.
 *
 * @param clusterIp empty for a headless one
 * @param port 0 for none
 * @param nodePort 0 unless the type is NodePort
 */
public record Service(
        String namespace,
        String name,
        String type,
        Optional<Ipv4Address> clusterIp,
        int port,
        int nodePort,
        Map<String, String> selector) {

    public Service {
        selector = Map.copyOf(selector);
    }
}
