package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Prefix;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Kubernetes cluster.
 *
 * @param version as Kubernetes writes it, {@code v1.27.3}; by default that of the image's tag
 * @param image kind's node image
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

    /** Kubernetes' default of {@code --node-cidr-mask-size-ipv4}, which kubeadm and kind keep. */
    public static final int NODE_PREFIX_LENGTH = 24;

    /** An image's name, with a tag or a digest or both (distribution/reference, simplified). */
    static final String IMAGE_PATTERN = "[a-zA-Z0-9][a-zA-Z0-9._/:@-]*";

    /** The tag of kind's node images: {@code kindest/node:v1.27.3@sha256:...}. */
    private static final Pattern VERSION_TAG =
            Pattern.compile(":(v\\d+\\.\\d+\\.\\d+)(?:@[^:@]+:[^:@]+)?$");

    /** Returns the version in a node image's tag; empty when the tag is not a version. */
    static Optional<String> versionOf(String image) {
        Matcher tag = VERSION_TAG.matcher(image);
        return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
    }

    /** Returns a copy with another node image, and the version in its tag if any. */
    KubernetesSpec withImage(String other) {
        return new KubernetesSpec(
                versionOf(other).orElse(version), other, podSubnet, serviceSubnet, untaint, dns);
    }

    KubernetesSpec withoutDns() {
        return new KubernetesSpec(version, image, podSubnet, serviceSubnet, untaint, false);
    }

    /** Returns the number of nodes for which {@code podSubnet} has a /24 each. */
    public int nodeCapacity() {
        return podSubnet.length() > NODE_PREFIX_LENGTH
                ? 0
                : 1 << NODE_PREFIX_LENGTH - podSubnet.length();
    }
}
