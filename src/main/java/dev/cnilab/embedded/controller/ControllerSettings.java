package dev.cnilab.embedded.controller;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Optional;

/**
 * The flags of kube-controller-manager and the API server.
 *
 * @param podSubnet divided into one subnet per node
 * @param nodeMask prefix length of a node's subnet, at least that of {@code podSubnet}
 * @param serviceSubnet range of cluster IPs; its first address is the API's
 * @param firstNodePort inclusive
 * @param lastNodePort inclusive
 * @param apiServer the address behind the Service {@code kubernetes}, port {@link #API_PORT}
 * @param caCertificate PEM, published to every namespace as {@code kube-root-ca.crt}
 */
public record ControllerSettings(
        Ipv4Prefix podSubnet,
        int nodeMask,
        Ipv4Prefix serviceSubnet,
        int firstNodePort,
        int lastNodePort,
        Ipv4Address apiServer,
        Optional<String> caCertificate) {

    /** The port of kubeadm's API servers. */
    public static final int API_PORT = 6443;

    public ControllerSettings {
        if (nodeMask < podSubnet.length() || nodeMask > 30) {
            throw new IllegalArgumentException(
                    "node mask /%d is not between the pod subnet's /%d and /30"
                            .formatted(nodeMask, podSubnet.length()));
        }
        if (firstNodePort < 1 || lastNodePort > 65535 || firstNodePort > lastNodePort) {
            throw new IllegalArgumentException(
                    "node ports %d-%d are not a range".formatted(firstNodePort, lastNodePort));
        }
    }

    /** Creates settings with kubeadm's defaults: a /24 for each node, node ports 30000 to 32767. */
    public static ControllerSettings of(
            Ipv4Prefix podSubnet,
            Ipv4Prefix serviceSubnet,
            Ipv4Address apiServer,
            Optional<String> caCertificate) {
        return new ControllerSettings(
                podSubnet, 24, serviceSubnet, 30000, 32767, apiServer, caCertificate);
    }
}
