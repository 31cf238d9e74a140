package dev.cnilab.cni.agent;

import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.cni.backend.InterfaceChoice;
import dev.cnilab.cni.plugin.PluginServer;
import dev.cnilab.net.Ipv4Address;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The agent's options.
 *
 * @param node the node's name in the leases
 * @param choice of the external interface
 * @param publicIp published in place of the external interface's address
 * @param masquerade whether to masquerade traffic from pods to destinations outside of the network
 * @param subnetEnv file that the plugin reads
 * @param pluginSocket socket for the plugin's shim
 * @param statusSocket socket that serves {@code /healthz} and {@code /status}
 * @param healthzPort port on 127.0.0.1 that serves the same for the node's kubelet; empty for none
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

    /** Next to flannel's files. */
    public static final Path STATUS_SOCKET = Path.of("/run/flannel/status.sock");

    /** Returns options with the default paths and the default route's interface. */
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
