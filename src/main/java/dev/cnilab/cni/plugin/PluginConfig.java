package dev.cnilab.cni.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.NetworkConfig;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plugin's keys of the network configuration, and the runtime's options for one pod.
 *
 * @param subnetFile the agent's subnet.env
 * @param reservations directory of this network's addresses
 * @param bridge its name
 * @param hairpinMode whether a pod reaches itself through its Service
 * @param isDefaultGateway whether the pod's default route uses the bridge's address
 * @param address the pod's requested address; null for the next free one
 * @param mac the pod's requested MAC address; null for one derived from its address
 */
record PluginConfig(
        Path subnetFile,
        Path reservations,
        String bridge,
        boolean hairpinMode,
        boolean isDefaultGateway,
        @Nullable Ipv4Address address,
        @Nullable MacAddress mac,
        List<PortMapping> ports,
        Bandwidth bandwidth) {

    /** The name in flannel's plugin. */
    static final String BRIDGE = "cni0";

    static final Path DATA_DIR = Path.of("/var/lib/cni/lab-ipip");

    PluginConfig {
        ports = List.copyOf(ports);
    }

    static PluginConfig of(NetworkConfig config) throws CniException {
        return of(config, Map.of());
    }

    /**
     * Reads the configuration.
     *
     * @param args {@code CNI_ARGS}; runtimeConfig takes precedence over args.cni, and that over
     *     these (CNI CONVENTIONS.md)
     * @throws CniException code 7 when a value is invalid
     */
    static PluginConfig of(NetworkConfig config, Map<String, String> args) throws CniException {
        JsonNode json = config.json();
        JsonNode runtime = json.path("runtimeConfig");
        JsonNode inner = json.path("args").path("cni");
        JsonNode delegate = json.path("delegate");
        try {
            String address =
                    first(
                            runtime.path("ips").path(0).asText(),
                            inner.path("ips").path(0).asText(),
                            args.getOrDefault("IP", ""));
            String mac =
                    first(
                            runtime.path("mac").asText(),
                            inner.path("mac").asText(),
                            args.getOrDefault("MAC", ""));
            return new PluginConfig(
                    path(json, "subnetFile", SubnetEnv.DEFAULT_PATH),
                    path(json, "dataDir", DATA_DIR).resolve(config.name()),
                    delegate.path("bridge").asText(BRIDGE),
                    flag(delegate, "hairpinMode"),
                    flag(delegate, "isDefaultGateway"),
                    address.isEmpty() ? null : address(address),
                    mac.isEmpty() ? null : MacAddress.parse(mac),
                    ports(runtime.path("portMappings")),
                    bandwidth(runtime.path("bandwidth")));
        } catch (IllegalArgumentException e) {
            throw new CniException(
                    CniException.Code.CONFIG, "invalid configuration: " + e.getMessage());
        }
    }

    private static String first(String... values) {
        for (String value : values) {
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static Path path(JsonNode json, String key, Path otherwise) {
        Path path = json.has(key) ? Path.of(json.path(key).asText()) : otherwise;
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(key + " '" + path + "' is not an absolute path");
        }
        return path;
    }

    private static boolean flag(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(key + " is " + value + ", not true or false");
        }
        return value.asBoolean(true);
    }

    /**
     * Parses an address without its length: the {@code ips} capability has one, CNI_ARGS has none,
     * and the subnet's is used anyway.
     */
    private static Ipv4Address address(String text) {
        return text.contains("/") ? Ipv4Prefix.parse(text).address() : Ipv4Address.parse(text);
    }

    private static List<PortMapping> ports(JsonNode mappings) {
        List<PortMapping> ports = new ArrayList<>();
        for (JsonNode mapping : mappings) {
            String protocol = mapping.path("protocol").asText("tcp").toUpperCase(Locale.ROOT);
            String hostIp = mapping.path("hostIP").asText();
            ports.add(
                    new PortMapping(
                            PortMapping.Protocol.valueOf(protocol),
                            hostIp.isEmpty() ? Ipv4Address.ANY : Ipv4Address.parse(hostIp),
                            mapping.path("hostPort").asInt(),
                            mapping.path("containerPort").asInt()));
        }
        return ports;
    }

    private static Bandwidth bandwidth(JsonNode limits) {
        return new Bandwidth(
                limits.path("ingressRate").asLong(),
                limits.path("ingressBurst").asLong(),
                limits.path("egressRate").asLong(),
                limits.path("egressBurst").asLong());
    }
}
