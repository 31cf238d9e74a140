package dev.cnilab.cluster.lease;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.backend.Backend;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Converts a node's lease from and to flannel's annotations of the Node (flannel pkg/subnet/kube).
 */
public final class NodeLeases {

    private static final String PREFIX = "flannel.alpha.coreos.com/";
    private static final String MANAGED = PREFIX + "kube-subnet-manager";
    private static final String BACKEND_TYPE = PREFIX + "backend-type";
    private static final String BACKEND_DATA = PREFIX + "backend-data";
    private static final String PUBLIC_IP = PREFIX + "public-ip";
    private static final String PUBLIC_IP_OVERWRITE = PREFIX + "public-ip-overwrite";

    /** Annotation of lab only: the tunnel's driver, {@code kernel} or {@code tun}. */
    static final String TUNNEL = "cnilab.dev/tunnel";

    private NodeLeases() {}

    /**
     * Empty until an agent has published it.
     *
     * @throws IllegalArgumentException if an address is malformed
     */
    static Optional<Lease> lease(Node node) {
        Map<String, String> annotations = annotations(node);
        String publicIp = annotations.get(PUBLIC_IP);
        Optional<Ipv4Prefix> subnet = podSubnet(node);
        if (!"true".equals(annotations.get(MANAGED)) || publicIp == null || subnet.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Lease(
                        node.getMetadata().getName(),
                        subnet.get(),
                        Ipv4Address.parse(publicIp),
                        annotations.getOrDefault(BACKEND_TYPE, ""),
                        annotations.getOrDefault(BACKEND_DATA, "null")));
    }

    /**
     * The node's tunnel; empty until an agent has published its lease, and for backends without
     * one. flanneld publishes only the backend, which it implements by the kernel's driver.
     */
    public static Optional<Tunnel> tunnel(Node node) {
        Map<String, String> annotations = annotations(node);
        String label = annotations.get(TUNNEL);
        TunnelDriver driver =
                Stream.of(TunnelDriver.values())
                        .filter(each -> each.label().equals(label))
                        .findFirst()
                        .orElse(TunnelDriver.KERNEL);
        return Backend.of(annotations.getOrDefault(BACKEND_TYPE, ""))
                .flatMap(backend -> backend.tunnel(driver));
    }

    /** The node's first IPv4 podCIDR. */
    static Optional<Ipv4Prefix> podSubnet(Node node) {
        List<String> all = Objects.requireNonNullElse(node.getSpec().getPodCIDRs(), List.of());
        return Stream.concat(all.stream(), Stream.ofNullable(node.getSpec().getPodCIDR()))
                .filter(cidr -> !cidr.contains(":"))
                .findFirst()
                .map(Ipv4Prefix::parse);
    }

    /** The {@code public-ip-overwrite} annotation, set by the administrator. */
    static Optional<Ipv4Address> publicIpOverwrite(Node node) {
        return Optional.ofNullable(annotations(node).get(PUBLIC_IP_OVERWRITE))
                .map(Ipv4Address::parse);
    }

    /** A merge patch (RFC 7386) that writes the lease. */
    static String leasePatch(Lease lease, TunnelDriver tunnel) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .putObject("annotations")
                .put(MANAGED, "true")
                .put(BACKEND_TYPE, lease.backendType())
                .put(BACKEND_DATA, lease.backendData())
                .put(PUBLIC_IP, lease.publicIp().toString())
                .put(TUNNEL, tunnel.label());
        return patch.toString();
    }

    /**
     * The node without the annotations of {@link #leasePatch}; a node of flanneld's is left
     * unchanged.
     */
    public static Node without(Node node) {
        Map<String, String> annotations = node.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(TUNNEL)) {
            List.of(MANAGED, BACKEND_TYPE, BACKEND_DATA, PUBLIC_IP, TUNNEL)
                    .forEach(annotations::remove);
        }
        return node;
    }

    /** A strategic merge patch of the status: condition NetworkUnavailable is False. */
    static String readyPatch(Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "NetworkUnavailable")
                .put("status", "False")
                .put("reason", "FlannelIsUp")
                .put("message", "Flannel is running on this node")
                .put("lastTransitionTime", time)
                .put("lastHeartbeatTime", time);
        return patch.toString();
    }

    private static Map<String, String> annotations(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.of());
    }
}
