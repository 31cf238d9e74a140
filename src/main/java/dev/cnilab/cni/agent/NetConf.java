package dev.cnilab.cni.agent;

import dev.cnilab.cni.backend.Backend;
import dev.cnilab.cni.config.InvalidConfigException;
import dev.cnilab.cni.config.JsonFile;
import dev.cnilab.cni.config.JsonObject;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The network's configuration, in flannel's {@code net-conf.json}, with {@code MTU} added.
 *
 * <p>{@code SubnetMin}, {@code SubnetMax} and {@code EnableNFTables} are accepted and ignored:
 * Kubernetes assigns the subnets, and the rules are always nf_tables.
 *
 * @param network the range of all pods' addresses
 * @param subnetLength prefix length of one node's subnet
 * @param backend how packets reach other nodes
 * @param mtu of the tunnel, in bytes, 68 (RFC 791) to 65515; empty for the external interface's
 *     minus the encapsulation overhead
 */
public record NetConf(Ipv4Prefix network, int subnetLength, Backend backend, OptionalInt mtu) {

    private static final int DEFAULT_SUBNET_LENGTH = 24;
    private static final List<String> KEYS =
            List.of(
                    "Network",
                    "SubnetLen",
                    "SubnetMin",
                    "SubnetMax",
                    "EnableIPv4",
                    "EnableIPv6",
                    "EnableNFTables",
                    "MTU",
                    "Backend");

    public static NetConf read(Path file) throws IOException {
        return of(JsonFile.read(file));
    }

    /**
     * Parses the configuration.
     *
     * @param name the text's name in errors
     */
    public static NetConf parse(String name, String text) throws InvalidConfigException {
        return of(JsonFile.parse(name, text));
    }

    private static NetConf of(JsonObject json) throws InvalidConfigException {
        json.allowOnly(KEYS);
        Ipv4Prefix network = json.subnet("Network");
        if (network.length() > 28) {
            throw json.problem(
                    "Network", network + " leaves no room for subnets; use /28 or shorter");
        }
        int subnetLength =
                json.integer("SubnetLen", network.length(), 30)
                        .orElse(Math.clamp(DEFAULT_SUBNET_LENGTH, network.length(), 30));
        if (!json.flag("EnableIPv4", true)) {
            throw json.problem("EnableIPv4", "must not be false: ipip carries IPv4 only");
        }
        if (json.flag("EnableIPv6", false)) {
            throw json.problem("EnableIPv6", "must not be true: ipip carries IPv4 only");
        }
        JsonObject backend =
                json.object("Backend").orElseThrow(() -> json.problem("Backend", "is missing"));
        return new NetConf(
                network, subnetLength, Backend.read(backend), json.integer("MTU", 68, 65515));
    }
}
