package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.spec.yaml.MapSchema;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import java.util.Map;
import java.util.regex.Pattern;

/** The schemas of a lab file's sections on machine, network and cluster. */
final class ClusterSchemas {

    /** The tutorial's version: kind v0.20.0's image of v1.27.3. */
    static final String NODE_IMAGE =
            "kindest/node:v1.27.3@sha256:"
                    + "3966ac761ae0136263ffdb6cfd4db23ef8a83cba8a463690e98317add2c9ba72";

    /** Used when neither the lab's file nor its node image's tag has a version. */
    private static final String DEFAULT_VERSION = "v1.27.3";

    private static final Schema<String> IMAGE =
            Scalar.matching(KubernetesSpec.IMAGE_PATTERN, "an image");

    private static final Schema<String> IMAGE_BY_DIGEST =
            Scalar.matching(
                    "[^\\s@]+@sha256:[0-9a-f]{64}", "an image by digest, NAME:TAG@sha256:DIGEST");

    private ClusterSchemas() {}

    static Schema<HostSpec> host() {
        var names = Pattern.compile("[a-z0-9_-]+(\\.[A-Za-z0-9_/-]+)+");
        var sysctls =
                defaulting(
                        "sysctls",
                        new MapSchema<>(
                                names,
                                "a sysctl's name such as net.ipv4.ip_forward",
                                Scalar.integer(0, Long.MAX_VALUE / 10)),
                        Map.of(),
                        "minimum values: lower ones are raised, higher ones stay");
        return ObjectSchema.of(v -> new HostSpec(v.get(sysctls)), sysctls);
    }

    static Schema<NetworkSpec> network() {
        var name = defaulting("name", Scalars.DNS_LABEL, "kind", "name of the Docker network");
        var ipv4 = required("ipv4", ipv4(), "the IPv4 subnet and gateway");
        var ipv6 =
                defaulting(
                        "ipv6",
                        ipv6(),
                        NetworkSpec.DEFAULT_IPV6,
                        "the IPv6 subnet and gateway; "
                                + NetworkSpec.DEFAULT_IPV6.subnet()
                                + " by default");
        return ObjectSchema.of(
                v -> new NetworkSpec(v.get(name), v.get(ipv4), v.get(ipv6)), name, ipv4, ipv6);
    }

    private static Schema<NetworkSpec.Ipv4> ipv4() {
        var subnet = required("subnet", Scalars.IPV4_SUBNET, "such as 172.18.0.0/16");
        var gateway = required("gateway", Scalars.IPV4_ADDRESS, "an address of the subnet");
        return ObjectSchema.of(
                v -> new NetworkSpec.Ipv4(v.get(subnet), v.get(gateway)), subnet, gateway);
    }

    private static Schema<NetworkSpec.Ipv6> ipv6() {
        var subnet = required("subnet", Scalars.IPV6_SUBNET, "such as fd00:172:18:1::/64");
        var gateway = required("gateway", Scalars.IPV6_ADDRESS, "an address of the subnet");
        return ObjectSchema.of(
                v -> {
                    Ipv6Prefix net = v.get(subnet);
                    Ipv6Prefix address = v.get(gateway);
                    return new NetworkSpec.Ipv6(
                            net, new Ipv6Prefix(address.high(), address.low(), net.length()));
                },
                subnet,
                gateway);
    }

    /**
     * Builds the section's schema.
     *
     * @param imagesByTag whether the node image may be given without a digest
     */
    static Schema<KubernetesSpec> kubernetes(boolean imagesByTag) {
        var version =
                optional(
                        "version",
                        Scalar.matching("v[0-9]+\\.[0-9]+\\.[0-9]+", "a version such as v1.27.3"),
                        "Kubernetes version; default: the image's");
        var image =
                defaulting(
                        "image",
                        imagesByTag ? IMAGE : IMAGE_BY_DIGEST,
                        NODE_IMAGE,
                        "kind's node image");
        var pods = required("podSubnet", Scalars.IPV4_SUBNET, "each node gets a /24 of it");
        var services =
                defaulting(
                        "serviceSubnet",
                        Scalars.IPV4_SUBNET,
                        Ipv4Prefix.parse("10.96.0.0/16"),
                        "of the cluster IPs");
        var untaint =
                defaulting("untaint", Scalar.truth(), true, "remove the taints of control planes");
        var dns = defaulting("dns", Scalar.truth(), true, "run the cluster's DNS (kind only)");
        return ObjectSchema.of(
                v ->
                        new KubernetesSpec(
                                v.get(version)
                                        .or(() -> KubernetesSpec.versionOf(v.get(image)))
                                        .orElse(DEFAULT_VERSION),
                                v.get(image),
                                v.get(pods),
                                v.get(services),
                                v.get(untaint),
                                v.get(dns)),
                version,
                image,
                pods,
                services,
                untaint,
                dns);
    }

    static Schema<NodeSpec> node() {
        var role = required("role", Scalars.ROLE, "control-plane or worker");
        var name =
                optional(
                        "name",
                        Scalars.DNS_LABEL,
                        "appended to the lab's name and a hyphen; default: numbered as by kind");
        return ObjectSchema.of(v -> new NodeSpec(v.get(role), v.get(name)), role, name);
    }

    static Schema<RecorderSpec> recorder() {
        var node =
                defaulting("node", Scalars.ROLE, NodeSpec.Role.CONTROL_PLANE, "role of its node");
        var file =
                defaulting(
                        "file",
                        Scalars.ABSOLUTE_PATH,
                        RecorderSpec.DEFAULT.file(),
                        "path of the log in the node");
        var command =
                defaulting(
                        "command",
                        Scalars.LINE,
                        RecorderSpec.DEFAULT.command(),
                        "the command of the tutorial that records the same, for export");
        return ObjectSchema.of(
                v -> new RecorderSpec(v.get(node), v.get(file), v.get(command)),
                node,
                file,
                command);
    }
}
