package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Prefix;

/**
 * The cluster.
 *
 * @param version as Kubernetes writes it, {@code v1.27.3}
 * @param image the node image for kind
 * @param untaint whether pods may be scheduled on control planes
 * @param dns whether the cluster's DNS runs; the embedded cluster has none
 */
public record KubernetesSpec(
        String version,
        String image,
        Ipv4Prefix podSubnet,
        Ipv4Prefix serviceSubnet,
        boolean untaint,
        boolean dns) {

    /** Kubernetes' {@code --node-cidr-mask-size-ipv4}, as kubeadm and kind leave it. */
    public static final int NODE_PREFIX_LENGTH = 24;

    KubernetesSpec withImage(String other) {
        return new KubernetesSpec(version, other, podSubnet, serviceSubnet, untaint, dns);
    }

    KubernetesSpec withoutDns() {
        return new KubernetesSpec(version, image, podSubnet, serviceSubnet, untaint, false);
    }

    /** Number of nodes for which {@code podSubnet} has a /24 each. */
    public int nodeCapacity() {
        return podSubnet.length() > NODE_PREFIX_LENGTH
                ? 0
                : 1 << NODE_PREFIX_LENGTH - podSubnet.length();
    }
}
