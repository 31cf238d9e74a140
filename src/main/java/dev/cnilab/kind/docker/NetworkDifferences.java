package dev.cnilab.kind.docker;

import dev.cnilab.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an existing Docker network with a lab's spec. The IPv6 subnet may differ, since labs do
 * not use it.
 */
public final class NetworkDifferences {

    /** The default MTU of Docker's bridges, in octets. */
    private static final int DEFAULT_MTU = 1500;

    private NetworkDifferences() {}

    /**
     * @param engineBridge the engine's default network, which follows the engine's MTU
     * @return one line per difference; empty if the network can be used
     */
    public static List<String> between(
            DockerNetwork network, NetworkSpec spec, DockerNetwork engineBridge) {
        List<String> lines = new ArrayList<>();
        if (!network.driver().equals("bridge")) {
            lines.add("driver " + network.driver() + ", expected bridge");
        }
        if (!network.ipv4Subnets().equals(List.of(spec.ipv4().subnet()))) {
            lines.add(
                    "IPv4 subnets " + network.ipv4Subnets() + ", expected " + spec.ipv4().subnet());
        }
        if (!network.ipv6()) {
            lines.add("IPv6 is off, expected on");
        }
        if (network.internal()) {
            lines.add("internal, expected external access");
        }
        if (network.options().getOrDefault(Networks.MASQUERADE, "true").equals("false")) {
            lines.add("masquerading is off, expected on");
        }
        if (mtu(network) > mtu(engineBridge)) {
            lines.add("MTU " + mtu(network) + ", more than the engine's " + mtu(engineBridge));
        }
        return lines;
    }

    private static int mtu(DockerNetwork network) {
        String text = network.options().getOrDefault(Networks.MTU, "");
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : DEFAULT_MTU;
    }
}
