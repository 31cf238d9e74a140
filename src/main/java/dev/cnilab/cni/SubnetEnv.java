package dev.cnilab.cni;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The file in which the agent describes its node's subnet for the plugin: flannel's {@code
 * subnet.env}.
 *
 * @param network of all nodes: 10.244.0.0/16
 * @param gateway cni0's address with the length of this node's subnet: 10.244.1.1/24
 * @param mtu of the pods' interfaces, 68 to 65535 (RFC 791, 16-bit total length)
 * @param masquerade whether the agent masquerades traffic from pods to destinations outside of the
 *     network
 */
public record SubnetEnv(Ipv4Prefix network, Ipv4Prefix gateway, int mtu, boolean masquerade) {

    /** flannel's path. */
    public static final Path DEFAULT_PATH = Path.of("/run/flannel/subnet.env");

    public SubnetEnv {
        if (!network.isNetwork() || !network.contains(gateway)) {
            throw new IllegalArgumentException(
                    "subnet " + gateway + " is not in network " + network);
        }
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException("MTU " + mtu + " is not in 68..65535");
        }
    }

    /**
     * Reads the file.
     *
     * @throws NoSuchFileException when no agent has written it since boot
     * @throws IllegalArgumentException when a value is missing or invalid
     */
    public static SubnetEnv read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        return new SubnetEnv(
                Ipv4Prefix.parse(required(values, "FLANNEL_NETWORK")),
                Ipv4Prefix.parse(required(values, "FLANNEL_SUBNET")),
                Integer.parseInt(required(values, "FLANNEL_MTU")),
                Boolean.parseBoolean(values.getOrDefault("FLANNEL_IPMASQ", "false")));
    }

    /** Replaces the file atomically. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.at(file).write(toString());
    }

    /** Formats the file's content. */
    @Override
    public String toString() {
        return "FLANNEL_NETWORK=%s\nFLANNEL_SUBNET=%s\nFLANNEL_MTU=%d\nFLANNEL_IPMASQ=%s\n"
                .formatted(network, gateway, mtu, masquerade);
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}
