package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Prefix;

/**
 * The cluster.
 *
 * @param version as Kubernetes writes it, {@code v1.27.3}
 * @param image the node image for kind, by digest
 * @param untaint whether pods may be scheduled on control planes
 */
public record KubernetesSpec(
        String version,
        String image,
        Ipv4Prefix podSubnet,
        Ipv4Prefix serviceSubnet,
        boolean untaint) {

    /** Kubernetes' {@code --node-cidr-mask-size-ipv4}, as kubeadm and kind leave it. */
    public static final int NODE_PREFIX_LENGTH = 24;

    /** Number of nodes for which {@code podSubnet} has a /24 each. */
    public int nodeCapacity() {
        return podSubnet.length() > NODE_PREFIX_LENGTH
                ? 0
                : 1 << NODE_PREFIX_LENGTH - podSubnet.length();
    }
}
