package dev.cnilab.cluster;

import dev.cnilab.net.Ipv4Address;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pod as the Kubernetes API shows it.
 *
 * @param node empty until scheduled
 * @param ip empty until its network is up; the node's address with {@code hostNetwork}
 * @param phase Pending, Running, Succeeded, Failed, Unknown
 * @param reason why it is not running, in one line; empty if it runs
 */
public record Pod(
        String namespace,
        String name,
        Optional<String> node,
        Optional<Ipv4Address> ip,
        boolean hostNetwork,
        String phase,
        boolean ready,
        int readyContainers,
        int containers,
        int restarts,
        Instant created,
        Map<String, String> labels,
        String reason) {

    public Pod {
        labels = Map.copyOf(labels);
    }
}
