package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.nio.file.Path;
import java.util.OptionalInt;

/** What gives pods their network. */
public sealed interface CniSpec {

    /**
     * The bundled CNI: an agent on each node and the plugin {@code lab-ipip}.
     *
     * @param network holds the pod subnets of all nodes
     * @param directRouting plain routes between nodes of one L2 segment, without a tunnel
     * @param mtu of tunnel and pods, in octets; empty: the external interface's less 20
     * @param masquerade whether pods' traffic to the world gets the node's address
     */
    record LabIpip(
            Ipv4Prefix network,
            boolean directRouting,
            OptionalInt mtu,
            boolean masquerade,
            ExternalInterface externalInterface)
            implements CniSpec {}

    /**
     * Plugins of somebody else.
     *
     * @param file what it is called in /etc/cni/net.d; runtimes take the first by name
     * @param text the JSON, with a node's values to be filled in
     * @param binDir the folder of this machine where the plugins are
     */
    record Conflist(String file, Template text, Path binDir) implements CniSpec {}

    /** How a node's interface to the other nodes is found; flannel's {@code --iface} options. */
    sealed interface ExternalInterface {

        /** The one of the default route. */
        record DefaultRoute() implements ExternalInterface {}

        record Named(String name) implements ExternalInterface {}

        /** The first whose name or address the regular expression finds. */
        record Matching(String regex) implements ExternalInterface {}

        /** The one that the route to this address leaves by. */
        record CanReach(Ipv4Address address) implements ExternalInterface {}
    }
}
