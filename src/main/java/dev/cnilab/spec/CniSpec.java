package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What gives pods their network. */
public sealed interface CniSpec {

    /**
     * Of the pods, in octets, where there is room for it; empty: all that the node's interface to
     * the others leaves.
     */
    OptionalInt mtu();

    /** An agent on each node that joins the nodes' pod subnets by IP-in-IP, as flannel does. */
    sealed interface Ipip extends CniSpec {

        /** Holds the pod subnets of all nodes. */
        Ipv4Prefix network();

        /** Plain routes between nodes of one L2 segment, without a tunnel. */
        boolean directRouting();

        /** Whether pods' traffic to the world gets the node's address. */
        boolean masquerade();

        ExternalInterface externalInterface();
    }

    /**
     * The bundled CNI: an agent on each node and the plugin {@code lab-ipip}.
     *
     * @param mtu of tunnel and pods, in octets; empty: what the external interface leaves
     */
    record LabIpip(
            Ipv4Prefix network,
            boolean directRouting,
            OptionalInt mtu,
            boolean masquerade,
            ExternalInterface externalInterface)
            implements Ipip {}

    /**
     * flannel itself: flanneld on each node, its plugin {@code flannel}, and the plugin {@code
     * bridge}, which that one calls and nodes of kind lack.
     *
     * @param image of flanneld
     * @param pluginImage of the plugin's installer
     * @param bridge the plugin on this machine; empty to fetch a release
     */
    record Flannel(
            Ipv4Prefix network,
            boolean directRouting,
            boolean masquerade,
            ExternalInterface externalInterface,
            String image,
            String pluginImage,
            Optional<Path> bridge)
            implements Ipip {

        /** Its net-conf.json has no key for it. */
        @Override
        public OptionalInt mtu() {
            return OptionalInt.empty();
        }
    }

    /**
     * Plugins of somebody else.
     *
     * @param file what it is called in /etc/cni/net.d; runtimes take the first by name
     * @param text the JSON, with a node's values to be filled in
     * @param binDir the folder of this machine where the plugins are
     */
    record Conflist(String file, Template text, Path binDir) implements CniSpec {

        @Override
        public OptionalInt mtu() {
            return ConflistJson.mtu(text);
        }
    }

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
