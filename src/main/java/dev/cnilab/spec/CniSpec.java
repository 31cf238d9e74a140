package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The CNI, which sets up the pods' network. */
public sealed interface CniSpec {

    /**
     * Returns the MTU of the pods, in octets; empty: all that the node's external interface leaves.
     */
    OptionalInt mtu();

    /**
     * A CNI whose agent on each node connects the nodes' pod subnets by IP in IP, as flannel does.
     */
    sealed interface Ipip extends CniSpec {

        /** Returns the network that contains the pod subnets of all nodes. */
        Ipv4Prefix network();

        /** Returns whether nodes in the same subnet are reached without a tunnel. */
        boolean directRouting();

        /** Returns whether pods' traffic to destinations outside of the network is masqueraded. */
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
     * flannel: flanneld on each node, its plugin {@code flannel}, and the plugin {@code bridge},
     * which flannel's plugin calls and kind's nodes lack.
     *
     * @param image of flanneld
     * @param pluginImage of the plugin's installer
     * @param bridge path of the plugin on this machine; empty to download a release
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
     * Any other CNI, given as a network configuration list.
     *
     * @param file its name in /etc/cni/net.d; runtimes use the first by name
     * @param text JSON with variables of a node
     * @param binDir directory with the plugins on this machine
     */
    record Conflist(String file, Template text, Path binDir) implements CniSpec {

        @Override
        public OptionalInt mtu() {
            return ConflistJson.mtu(text);
        }

        /** The plugins that the conflist names, IPAM plugins included. */
        public Set<String> programs() {
            return ConflistJson.programs(text);
        }
    }

    /** How a node's interface to the other nodes is selected; flannel's {@code --iface} options. */
    sealed interface ExternalInterface {

        /** The interface of the default route. */
        record DefaultRoute() implements ExternalInterface {}

        record Named(String name) implements ExternalInterface {}

        /** The first interface whose name or address matches the regular expression. */
        record Matching(String regex) implements ExternalInterface {}

        /** The interface of the route to this address. */
        record CanReach(Ipv4Address address) implements ExternalInterface {}
    }
}
