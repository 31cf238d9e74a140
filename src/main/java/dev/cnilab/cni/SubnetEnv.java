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
 * What the agent tells the plugin of its node: flannel's {@code subnet.env}.
 *
 * @param network of all nodes: 10.244.0.0/16
 * @param gateway cni0's address with the length of this node's subnet: 10.244.1.1/24
 * @param mtu of the pods' interfaces, 68 to 65535 (RFC 791, 16-bit total length)
 * @param masquerade whether the agent hides pods behind the node's address to the outside
 */
public record SubnetEnv(Ipv4Prefix network, Ipv4Prefix gateway, int mtu, boolean masquerade) {

    /** Where flannel has it. */
    public static final Path DEFAULT_PATH = Path.of("/run/flannel/subnet.env");

    public SubnetEnv {
        if (!network.isNetwork() || !network.contains(gateway)) {
            throw new IllegalArgumentException(
                    "subnet " + gateway + " does not lie in network " + network);
        }
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException("MTU " + mtu + " is not in 68..65535");
        }
    }

    /**
     * @throws NoSuchFileException when no agent has written it since the machine started
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

    /** Replaces the file at once: a reader sees the old or the new one. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.at(file).write(toString());
    }

    /** The file's text. */
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
