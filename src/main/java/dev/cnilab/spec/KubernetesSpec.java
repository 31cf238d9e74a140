package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Prefix;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster.
 *
 * @param version as Kubernetes writes it, {@code v1.27.3}: the image's, where its tag names one
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

    /** An image's name, with a tag or a digest or both (distribution/reference, roughly). */
    static final String IMAGE_PATTERN = "[a-zA-Z0-9][a-zA-Z0-9._/:@-]*";

    /** A tag as kind gives it to node images: {@code kindest/node:v1.27.3@sha256:...}. */
    private static final Pattern VERSION_TAG =
            Pattern.compile(":(v\\d+\\.\\d+\\.\\d+)(?:@[^:@]+:[^:@]+)?$");

    /** The version that a node image's tag names; empty where the tag is no version. */
    static Optional<String> versionOf(String image) {
        Matcher tag = VERSION_TAG.matcher(image);
        return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
    }

    /** With another node image, and its version where the tag names one. */
    KubernetesSpec withImage(String other) {
        return new KubernetesSpec(
                versionOf(other).orElse(version), other, podSubnet, serviceSubnet, untaint, dns);
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
