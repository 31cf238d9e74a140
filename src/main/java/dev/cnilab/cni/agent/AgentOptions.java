package dev.cnilab.cni.agent;

import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.cni.backend.InterfaceChoice;
import dev.cnilab.cni.plugin.PluginServer;
import dev.cnilab.net.Ipv4Address;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the agent runs on this node.
 *
 * @param node its name among the leases
 * @param choice of the external interface
 * @param publicIp published in place of the external interface's address
 * @param masquerade whether pods are hidden behind the node towards the outside
 * @param subnetEnv what the plugin reads
 * @param pluginSocket where the plugin's shim asks
 * @param statusSocket where {@code /healthz} and {@code /status} are asked
 * @param healthzPort of 127.0.0.1, where they are asked too, by the node's kubelet; empty for none
 */
public record AgentOptions(
        String node,
        NetConf netConf,
        InterfaceChoice choice,
        Optional<Ipv4Address> publicIp,
        boolean masquerade,
        Path subnetEnv,
        Path pluginSocket,
        Path statusSocket,
        OptionalInt healthzPort) {

    /** Beside flannel's files. */
    public static final Path STATUS_SOCKET = Path.of("/run/flannel/status.sock");

    /** With the usual paths, by the default route's interface. */
    public static AgentOptions of(String node, NetConf netConf) {
        return new AgentOptions(
                node,
                netConf,
                InterfaceChoice.DEFAULT_ROUTE,
                Optional.empty(),
                true,
                SubnetEnv.DEFAULT_PATH,
                PluginServer.SOCKET,
                STATUS_SOCKET,
                OptionalInt.empty());
    }
}
